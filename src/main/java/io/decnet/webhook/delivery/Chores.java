package io.decnet.webhook.delivery;

import io.decnet.webhook.delivery.Retention.EventMark;
import io.decnet.webhook.security.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What has to be done now and then, chunk by chunk, until there is no more of it or the program ends. */
@ApplicationScoped
class Chores {
    private static final Logger LOG = System.getLogger(Chores.class.getName());

    /** So many chunks of events that all have to stay are looked at in one go. */
    private static final int KEPT_AT_ONCE = 20;

    @Inject
    Limits limits;

    @Inject
    HeldBacklogs held;

    @Inject
    Retention retention;

    @Inject
    AuditLog audit;

    @Inject
    DeliveryMeters meters;

    private EventMark mark = EventMark.START;

    /** Applies the limits of what waits. */
    void limit(BooleanSupplier ending) {
        repeat(limits::discardAged, ending);
        for (UUID subscription : limits.holdingTooLong()) {
            repeat(() -> limits.discardHeldTooLong(subscription), ending);
        }
        held.forEachGrown(subscription ->
                limits.cutoff(subscription).ifPresent(cutoff -> repeat(() -> limits.discardUpTo(cutoff), ending)));
    }

    /** Removes what need not be kept. */
    void clear(BooleanSupplier ending) {
        for (UUID deleted : retention.deletedSubscriptions()) {
            removed("purged", repeat(() -> retention.purge(deleted), ending));
        }
        removed("deliveries", repeat(retention::removeDeliveries, ending));
        removed("rejected", repeat(retention::removeRejected, ending));
        removed("events", removeEvents(ending));
        removed("audit", repeat(audit::removeOld, ending));
    }

    /** Goes on where the last walk over the old events ended: many may be kept for the failed deliveries of theirs. */
    private int removeEvents(BooleanSupplier ending) {
        int events = 0;
        for (int kept = 0; kept < KEPT_AT_ONCE && !ending.getAsBoolean(); ) {
            Retention.EventsRemoved chunk = retention.removeEvents(mark);
            events += chunk.events();
            kept += chunk.events() == 0 ? 1 : 0;
            mark = chunk.next().orElse(EventMark.START);
            if (chunk.next().isEmpty()) {
                break;
            }
        }
        return events;
    }

    private static int repeat(IntSupplier chunk, BooleanSupplier ending) {
        int all = 0;
        int done;
        do {
            done = chunk.getAsInt();
            all += done;
        } while (done > 0 && !ending.getAsBoolean());
        return all;
    }

    private void removed(String what, int rows) {
        if (rows > 0) {
            meters.removed(what, rows);
            LOG.log(Level.INFO, "retention.removed what=" + what + " rows=" + rows);
        }
    }
}
