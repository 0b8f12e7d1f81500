package io.decnet.webhook.delivery;

import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Whether an attempt may start now. Not while others may have taken our deliveries over, and not while a trip, a pause
 * or a delete by another node could have been in force for a second without our having looked.
 */
@ApplicationScoped
class Permission {
    static final Duration LOOKED_WITHIN = Duration.ofMillis(900);

    @Inject
    Lease lease;

    @Inject
    SubscriptionIndex index;

    boolean toStart() {
        return toStart(System.nanoTime());
    }

    /** The same for this moment of {@link System#nanoTime}. */
    boolean toStart(long nanos) {
        return lease.holds(nanos) && index.lookedWithin(LOOKED_WITHIN, nanos);
    }

    /** The same for an attempt that is about to be sent: if need be, we look now. */
    SubscriptionIndex.Snapshot lookedUp() {
        return index.lookedWithin(LOOKED_WITHIN, System.nanoTime()) ? index.current() : index.refreshed();
    }

    boolean isOurs() {
        return lease.holds(System.nanoTime());
    }
}
