package io.decnet.webhook.embeddedbus;

/** The embedded broker did not start; the message says why in one line. */
final class BrokerNotStarted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
