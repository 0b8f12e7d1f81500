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

    @Inject
    DeliveryStore store;

    @Inject
    ClaimStore claims;

    @Inject
    ClaimLedger ledger;

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
        return claims.releaseUnowned();
    }

    public void heartbeat() {
        store.update("UPDATE node SET heartbeat_at = ? WHERE id = ?", clock.instant(), node.life());
    }

    public void end() {
        store.update("DELETE FROM node WHERE id = ?", node.life());
        claims.releaseUnowned();
    }

    /** Claims under this number what the lane wants. */
    public Feed claim(Dispatcher.Want want, long claim) {
        return claims.claim(want, claim, clock.instant());
    }

    public void release(Collection<Claim> unwanted) {
        claims.release(unwanted);
    }

    /** Gives back what this life has claimed but forgotten, after a commit nobody knows the end of. */
    public List<Claim> releaseForgotten() {
        List<Claim> forgotten = claims.claimed().stream()
                .filter(claim -> !ledger.isInHand(claim.number()))
                .toList();
        claims.release(forgotten);
        return forgotten;
    }

    /** Discards what has waited too long, with an open circuit or without. */
    public void discardAged(List<SubscriptionIndex.Entry> entries) {
        Instant now = clock.instant();
        List<UUID> all = entries.stream().map(SubscriptionIndex.Entry::id).toList();
        List<UUID> open = entries.stream()
                .filter(entry -> entry.state() != CircuitState.ACTIVE)
                .map(SubscriptionIndex.Entry::id)
                .toList();
        int discarded = store.discardOlder(all, now.minus(settings.pendingMaxAge()), now)
                + store.discardHeldOlder(open, now.minus(settings.holdMaxAge()), now);
        count(discarded);
    }

    /** Discards the oldest of what an open circuit holds beyond its limit. */
    public void discardBeyondLimit(UUID subscription) {
        count(store.discardHeldBeyond(subscription, settings.holdMaxEvents(), clock.instant()));
    }

    private void count(int discarded) {
        if (discarded > 0) {
            meters.ended(Stage.DISCARDED, discarded);
        }
    }

    /** An operator enables a circuit but does not want what it held. Part of the operator's transaction. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void discardHeld(@Observes HeldDiscard wish) {
        count(store.discardUnfinished(wish.subscription(), clock.instant()));
    }

    /** Removes a chunk of a deleted subscription; true when nothing is left of it. */
    public boolean purge(UUID subscription) {
        int removed = store.purge(subscription, CHUNK);
        if (removed == 0) {
            subscriptions.purge(subscription);
        }
        return removed == 0;
    }

    public List<UUID> deleted() {
        return subscriptions.deleted(CHUNK);
    }
}
