package io.decnet.webhook.rest;

import io.decnet.webhook.security.Answer;
import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;

/** Turns what became of a wish about accounts or tokens into a value, or the problem that the client gets. */
final class Answers {
    private Answers() {}

    static <T> T value(Answer<T> answer) {
        if (answer instanceof Answer.Done<T> done) {
            return done.value();
        }
        if (answer instanceof Answer.Invalid<T> invalid) {
            throw new Invalid(invalid.faults().stream()
                    .map(fault -> new FieldError(fault.field(), fault.reason()))
                    .toList());
        }
        if (answer instanceof Answer.Conflict<T> conflict) {
            throw new ClientErrorException(conflict.reason().toString(), Response.Status.CONFLICT);
        }
        throw new NotFoundException("there is none by that name");
    }
}
