package io.decnet.webhook.egress;

import java.io.IOException;

/** A connection that had answered before was closed without a word: its receiver had let go of it when the request came. */
final class StaleConnection extends IOException {
    private static final long serialVersionUID = 1L;

    StaleConnection(IOException cause) {
        super(cause);
    }
}
