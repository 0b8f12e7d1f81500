package io.decnet.webhook.rest;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;

/** The body is longer than any sensible request. */
class TooLarge extends ClientErrorException {
    private static final long serialVersionUID = 1;

    TooLarge() {
        super("the body has more than " + Body.MOST_BYTES + " bytes", Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
}
