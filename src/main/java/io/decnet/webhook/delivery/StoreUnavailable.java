package io.decnet.webhook.delivery;

/** The database could not take an event now. The message must come again: nothing of it was kept. */
public class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
