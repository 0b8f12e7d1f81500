package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;
import java.util.List;
import java.util.stream.Collectors;

/** Fields of a request are missing, of a wrong form, or out of range; all that was found is named. */
@ApplicationException(rollback = true)
public class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<FieldError> errors;

    public Invalid(List<FieldError> errors) {
        super(errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** In the order of the fields; at least one. */
    public List<FieldError> errors() {
        return errors;
    }
}
