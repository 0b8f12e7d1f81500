package io.decnet.webhook.event;

/** A text that is no topic pattern; the message is the reason, fit to be shown. */
public final class InvalidPattern extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidPattern(String reason) {
        super(reason);
    }
}
