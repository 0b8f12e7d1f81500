package io.decnet.webhook.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;

/**
 * Numbers the changes to subscriptions. Its row is the last lock of a change, so that numbers are in commit order:
 * whoever reads a number sees all changes up to it.
 */
@ApplicationScoped
class ChangeSequence {
    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    Event<SubscriptionsChanged> changed;

    /** Part of the caller's transaction. */
    void raise(UUID subscription) {
        entities.flush();
        entities.createNativeQuery("UPDATE subscription_change SET seq = seq + 1 WHERE id = 1")
                .executeUpdate();
        entities.createNativeQuery(
                        "UPDATE subscription SET change_seq = (SELECT seq FROM subscription_change WHERE id = 1)"
                                + " WHERE id = ?")
                .setParameter(1, subscription)
                .executeUpdate();
        changed.fire(new SubscriptionsChanged(subscription));
    }
}
