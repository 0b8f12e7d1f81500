package io.decnet.webhook.delivery;

/**
 * The bytes deliveries take in memory: those that wait in lanes, those on the wire, and those of the batch being
 * inserted. Guarded by the {@link Dispatcher}'s lock.
 *
 * <p>One lane alone may take a sixteenth of it all, and the more lanes have work the less each: ninety receivers that
 * begin to hang one after the other leave room for the rest. What finds no room waits in the table. A quarter is for
 * lanes that have nothing in memory: each of them may take one delivery of any size that fits, so large events get
 * through.
 */
final class Memory {
    /** Shares of 1/12, 1/16, 1/20 … of three quarters: a hundred of them, each as it was granted, come to less than all. */
    private static final long SHARE = 4;

    private static final int EXTRA = 2;
    private static final int RETRIES = 128;
    /** What a delivery takes beside its body. */
    private static final int OVERHEAD = 512;

    private final long limit;
    private long used;

    Memory(long limit) {
        this.limit = limit;
    }

    static long weight(long bodyBytes) {
        return bodyBytes + OVERHEAD;
    }

    /** How much this lane may still take while so many lanes have work; not more than 0 when it is nothing. */
    long room(Lane lane, int busy) {
        long free = limit - used;
        return lane.bytes() == 0 ? free : Math.min(free - limit / 4, share(busy) - lane.bytes());
    }

    /** Whether so much of its share is free that asking the table is worth it. */
    boolean isWorthFilling(Lane lane, int busy) {
        return room(lane, busy) > 0 && lane.bytes() <= share(busy) / 2;
    }

    /** How much a lane may take for retries at a time, whatever it has; of these it takes few. */
    long roomForRetries() {
        return Math.min(limit / RETRIES, limit - used);
    }

    private long share(int busy) {
        return limit / 4 * 3 / (SHARE * (busy + EXTRA));
    }

    void take(Lane lane, long weight) {
        used += weight;
        lane.addBytes(weight);
    }

    void give(Lane lane, long weight) {
        give(weight);
        lane.addBytes(-weight);
    }

    /** The same when the lane is gone, with its subscription. */
    void give(long weight) {
        used -= weight;
    }

    long used() {
        return used;
    }
}
