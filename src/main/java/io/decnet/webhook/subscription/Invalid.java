package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fields of a request are missing, of a wrong form, or out of range; all that was found is named. */
@ApplicationException(rollback = true)
public class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<FieldError> errors;

    public Invalid(List<FieldError> errors) {
        super(errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** Throws one when anything is wrong. A field that was not given as it should be is wrong once: what stands for it breaks rules too. */
    static void throwAny(List<FieldError> asGiven, List<FieldError> byRules) {
        Set<String> named = asGiven.stream().map(FieldError::field).collect(Collectors.toSet());
        List<FieldError> all = Stream.concat(
                        asGiven.stream(), byRules.stream().filter(error -> !named.contains(error.field())))
                .toList();
        if (!all.isEmpty()) {
            throw new Invalid(all);
        }
    }

    /** In the order of the fields; at least one. */
    public List<FieldError> errors() {
        return errors;
    }
}
