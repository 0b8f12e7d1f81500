package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How long this node may act on its claims, and whether it may judge others. Goes by a clock that neither jumps nor
 * stops with the process: a node that was frozen finds its lease over. Safe for any thread.
 *
 * <p>Others take a node for dead after 15 s of silence; so 10 s after the start of its last heartbeat that succeeded it
 * starts nothing more. And a node that could not be heard itself waits 15 s before it takes others for dead: the
 * database was away for them too.
 */
@ApplicationScoped
class Lease {
    static final Duration ENDS_AFTER = Duration.ofSeconds(10);
    static final Duration DEAD_AFTER = Duration.ofSeconds(15);

    private boolean begun;
    private boolean failed = true;
    private long renewedAt;
    private long judgesFrom;

    /** Whether attempts may start at this moment of {@link System#nanoTime}. */
    synchronized boolean holds(long nanos) {
        return begun && nanos - renewedAt < ENDS_AFTER.toNanos();
    }

    /** A heartbeat that began at this moment has succeeded. */
    synchronized void renew(long nanos) {
        if (failed || nanos - renewedAt >= ENDS_AFTER.toNanos()) {
            judgesFrom = nanos + DEAD_AFTER.toNanos();
        }
        begun = true;
        failed = false;
        renewedAt = nanos;
    }

    /** A heartbeat has failed. */
    synchronized void fail() {
        failed = true;
    }

    /** Whether this node has been heard for long enough to take the silent for dead. */
    synchronized boolean judges(long nanos) {
        return begun && !failed && nanos - judgesFrom >= 0;
    }
}
