package io.decnet.webhook.rest;

import jakarta.ws.rs.NotFoundException;
import java.util.UUID;

/** Reads path parameters. */
final class Parameters {
    private Parameters() {}

    /** An id that is none names nothing. */
    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException("there is nothing with the id " + text);
        }
    }
}
