package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;

/** There are as many subscriptions as there may be. */
@ApplicationException(rollback = true)
public class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int most;

    TooMany(int most) {
        super("there are " + most + " webhooks already, as many as decnet.webhook.max-subscriptions allows");
        this.most = most;
    }

    public int most() {
        return most;
    }
}
