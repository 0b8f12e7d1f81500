package io.decnet.webhook.subscription;

/**
 * What is wrong with one field of a request.
 *
 * @param field its name in the API, in a {@code settings} object with that prefix
 */
public record FieldError(String field, String message) {}
