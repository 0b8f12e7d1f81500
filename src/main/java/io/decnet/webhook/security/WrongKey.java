package io.decnet.webhook.security;

/** What was sealed cannot be opened: it belongs to another key, or somebody changed it. */
public class WrongKey extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public WrongKey(String message) {
        super(message);
    }

    WrongKey(String message, Throwable cause) {
        super(message, cause);
    }
}
