package io.decnet.webhook.subscription;

import io.decnet.webhook.reason.Reason;

/**
 * What is wrong with one field of a request.
 *
 * @param field its name in the API, in a {@code settings} object with that prefix
 */
public record FieldError(String field, Reason reason) {
    /** In English. */
    public String message() {
        return reason.toString();
    }
}
