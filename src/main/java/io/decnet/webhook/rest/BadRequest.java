package io.decnet.webhook.rest;

/** The body is not JSON, or not an object. */
class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequest(String message) {
        super(message);
    }
}
