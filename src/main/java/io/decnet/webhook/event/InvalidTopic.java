package io.decnet.webhook.event;

/** A text that is no topic; the message is the reason, fit to be shown. */
public final class InvalidTopic extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTopic(String reason) {
        super(reason);
    }
}
