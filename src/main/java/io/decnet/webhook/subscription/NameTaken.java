package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;

/** Another subscription has this name. */
@ApplicationException(rollback = true)
public class NameTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    NameTaken(String name) {
        super("a webhook named \"" + name + "\" exists already");
    }
}
