package io.decnet.webhook.delivery;

/**
 * The bytes deliveries take in memory: those that wait in lanes, those on the wire, those of the batch being inserted,
 * and those the table is about to give. Guarded by the {@link Dispatcher}'s lock.
 *
 * <p>One lane alone may take a sixteenth of it all, and the more lanes have work the less each: ninety receivers that
 * begin to hang one after the other leave room for the rest. What finds no room waits in the table. A quarter is for
 * lanes that have nothing in memory: each of them may take one delivery of any size that fits, so large events get
 * through. Whom the table feeds it gives one row at least, of any size: by that row alone the limit may be exceeded,
 * and until as much is given back nobody takes more.
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
    private long aside;

    Memory(long limit) {
        this.limit = limit;
    }

    static long weight(long bodyBytes) {
        return bodyBytes + OVERHEAD;
    }

    /** How much this lane may still take while so many lanes have work; not more than 0 when it is nothing. */
    long room(Lane lane, int busy) {
        return lane.bytes() == 0 ? free() : roomInShare(lane, busy);
    }

    private long roomInShare(Lane lane, int busy) {
        return Math.min(free() - limit / 4, share(busy) - lane.bytes());
    }

    private long free() {
        return limit - used - aside;
    }

    /**
     * How much the table may give this lane, one row of any size at least; 0 when so much of its share is taken that
     * asking is not worth it, or when nothing is free.
     *
     * @param busy lanes with work; this one is not among them when it has nothing
     */
    long grant(Lane lane, int busy) {
        if (lane.bytes() == 0) {
            return free() <= 0 ? 0 : Math.max(1, roomInShare(lane, busy + 1));
        }
        return lane.bytes() > share(busy) / 2 ? 0 : Math.max(0, roomInShare(lane, busy));
    }

    /** The same for retries, however much the lane has: few are taken at a time. */
    long grantForRetries() {
        return Math.max(0, Math.min(limit / RETRIES, free()));
    }

    /** Keeps so much for what the table is about to give, in place of what was kept before. */
    void setAside(long bytes) {
        aside = bytes;
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
