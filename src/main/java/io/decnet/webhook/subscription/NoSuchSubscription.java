package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** There is no such subscription, or it was deleted. */
@ApplicationException(rollback = true)
public class NoSuchSubscription extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoSuchSubscription(UUID id) {
        super("there is no webhook " + id);
    }
}
