package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;

/** The subscription has changed since the caller read it. */
@ApplicationException(rollback = true)
public class VersionMismatch extends RuntimeException {
    private static final long serialVersionUID = 1;

    VersionMismatch(long current) {
        super("the webhook has changed: its version is " + current + " now");
    }
}
