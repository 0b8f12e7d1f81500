package io.decnet.webhook.config;

/** A setting cannot be used. The message is the one line for the operator: key, value (never a secret's), and what the key takes. */
public final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadSetting(String message) {
        super(message);
    }
}
