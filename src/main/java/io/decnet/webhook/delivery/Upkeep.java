package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.subscription.HeldDiscard;
import io.decnet.webhook.subscription.SubscriptionIndex;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Short transactions that keep the rows in order: claims, limits of what is held, deleted subscriptions, this node. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Upkeep {
    private static final int CHUNK = 1000;
    private static final String DISCARD =
            "UPDATE delivery SET stage = 12, finished_at = ?, claimed_by = NULL, claim = NULL WHERE ";
    private static final String UNCLAIMED = "subscription_id = ? AND stage IN (0, 1)";

    @Inject
    DeliveryStore store;

    @Inject
    NodeIdentity node;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Settings settings;

    @Inject
    DeliveryMeters meters;

    @Inject
    Clock clock;

    /** Takes over what earlier lives of this node left claimed. */
    public int begin() {
        Instant now = clock.instant();
        store.update("DELETE FROM node WHERE name = ?", node.name());
        store.update(
                "INSERT INTO node (id, name, started_at, heartbeat_at) VALUES (?, ?, ?, ?)",
                node.life(),
                node.name(),
                now,
                now);
        return store.releaseUnowned();
    }

    public void heartbeat() {
        store.update("UPDATE node SET heartbeat_at = ? WHERE id = ?", clock.instant(), node.life());
    }

    public void end() {
        store.update("DELETE FROM node WHERE id = ?", node.life());
        store.releaseUnowned();
    }

    public Feed claim(Dispatcher.Want want) {
        return store.claim(want, clock.instant());
    }

    public void release(Collection<ClaimedDelivery> deliveries) {
        store.release(deliveries);
    }

    /** Discards what an open circuit holds beyond its limits, the oldest first; a pending one only by its age. */
    public void applyLimits(SubscriptionIndex.Entry entry) {
        Instant now = clock.instant();
        int discarded = store.update(
                DISCARD + UNCLAIMED + " AND created_at < ?", now, entry.id(), now.minus(settings.pendingMaxAge()));
        if (entry.state() != CircuitState.ACTIVE) {
            Instant oldest = now.minus(settings.holdMaxAge());
            discarded += store.update(
                    DISCARD + UNCLAIMED + " AND created_at <= ? AND EXISTS (SELECT 1 FROM circuit c WHERE"
                            + " c.subscription_id = delivery.subscription_id AND c.state <> 'active'"
                            + " AND c.changed_at <= ?)",
                    now,
                    entry.id(),
                    oldest,
                    oldest);
            discarded += store.update(
                    DISCARD + "id IN (SELECT id FROM delivery WHERE " + UNCLAIMED
                            + " ORDER BY created_at DESC, id DESC OFFSET " + settings.holdMaxEvents() + " ROWS)"
                            + " AND EXISTS (SELECT 1 FROM circuit c WHERE c.subscription_id = delivery.subscription_id"
                            + " AND c.state <> 'active')",
                    now,
                    entry.id());
        }
        if (discarded > 0) {
            meters.ended(Stage.DISCARDED, discarded);
        }
    }

    /** An operator enables a circuit but does not want what it held. Part of the operator's transaction. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void discardHeld(@Observes HeldDiscard wish) {
        int discarded = store.update(
                DISCARD + "subscription_id = ? AND stage IN (0, 1, 2)", clock.instant(), wish.subscription());
        meters.ended(Stage.DISCARDED, discarded);
    }

    /** Removes a chunk of a deleted subscription; true when nothing is left of it. */
    public boolean purge(UUID subscription) {
        String chunk = "(SELECT id FROM delivery WHERE subscription_id = ? LIMIT " + CHUNK + ")";
        store.update("DELETE FROM attempt WHERE delivery_id IN " + chunk, subscription);
        int removed = store.update("DELETE FROM delivery WHERE id IN " + chunk, subscription);
        if (removed == 0) {
            subscriptions.purge(subscription);
        }
        return removed == 0;
    }

    public List<UUID> deleted() {
        return subscriptions.deleted(CHUNK);
    }
}
