package io.decnet.webhook.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The deliveries of one subscription that wait in memory, and how many of them may be on the wire. Guarded by the
 * {@link Dispatcher}'s lock.
 *
 * <p>A lane is <em>spilled</em> when rows wait in the table that memory does not have; while it is, new deliveries go
 * to the table as well, so that they keep their order. A delivery whose attempt was slow <em>keeps its place</em> in
 * the window until its retry, if that is near: a silent receiver then gets its retries, not ever new first attempts.
 * Any other failure keeps it until it is recorded: before that the circuit cannot know that it is to open.
 */
final class Lane {
    /** More than this waits in the table. */
    static final int CAPACITY = 4096;
    /** How many of those are taken from there at once. */
    private static final int FIRSTS_AT_ONCE = 512;
    /** How many retries are taken from the table ahead of time. */
    private static final int RETRIES_AHEAD = 64;

    final UUID subscription;
    private long epoch;
    private int concurrency;
    private int window;
    private boolean open;
    private final Deque<ClaimedDelivery> retries = new ArrayDeque<>();
    private final Deque<ClaimedDelivery> firsts = new ArrayDeque<>();
    private final Map<UUID, Instant> keptPlaces = new HashMap<>();
    private final Map<UUID, Instant> unrecorded = new HashMap<>();
    private int reserved;
    private long bytes;
    private int unclaimedInserts;
    private int fast;
    private int slow;
    private boolean spilled;
    private Instant nextRetry = Instant.MAX;
    /** Moves with all that is learnt of the table, so that an older look at it does not overrule that. */
    private long news;

    Lane(UUID subscription) {
        this.subscription = subscription;
    }

    /** Lets attempts start; the table is looked at first. */
    void open(long circuitEpoch, int allowed, boolean slowly) {
        open = true;
        epoch = circuitEpoch;
        concurrency = allowed;
        window = slowly ? 1 : allowed;
        spilled = true;
        nextRetry = Instant.MIN;
    }

    /** Opens again in the same epoch, as wide as it was. */
    void reopen(long circuitEpoch) {
        int wide = window;
        open(circuitEpoch, concurrency, false);
        window = wide;
    }

    /** Stops the lane and hands back what waited in it, to be released. */
    List<ClaimedDelivery> close() {
        open = false;
        keptPlaces.clear();
        unrecorded.clear();
        nextRetry = Instant.MAX;
        List<ClaimedDelivery> waiting = new ArrayList<>(retries);
        waiting.addAll(firsts);
        retries.clear();
        firsts.clear();
        return waiting;
    }

    void resize(int allowed) {
        window = window >= concurrency ? allowed : Math.min(window, allowed);
        concurrency = allowed;
    }

    boolean isOpen(long circuitEpoch) {
        return open && epoch == circuitEpoch;
    }

    boolean isOpen() {
        return open;
    }

    long epoch() {
        return epoch;
    }

    /** What its deliveries take in memory: waiting, on the wire, and those about to be inserted. */
    long bytes() {
        return bytes;
    }

    void addBytes(long more) {
        bytes += more;
    }

    boolean reserve(boolean allowed) {
        if (!open || spilled || !allowed || firsts.size() + reserved >= CAPACITY) {
            spilled = true;
            unclaimedInserts++;
            return false;
        }
        reserved++;
        return true;
    }

    void unreserve() {
        reserved--;
    }

    /** An insert that found no room has been committed or rolled back. */
    void unclaimedInsertEnded() {
        unclaimedInserts--;
        spill();
    }

    void add(ClaimedDelivery delivery) {
        (delivery.isRetry() ? retries : firsts).add(delivery);
    }

    /** Rows wait in the table (another transaction put them there). */
    void spill() {
        spilled = true;
        news++;
    }

    void retryAt(Instant due) {
        news++;
        if (open && due.isBefore(nextRetry)) {
            nextRetry = due;
        }
    }

    long news() {
        return news;
    }

    /** What the table said; it was asked when the news were these. */
    void fed(boolean drained, Instant nextRetryDue, long asOf) {
        if (asOf != news) {
            retryAt(nextRetryDue);
            return;
        }
        if (drained && unclaimedInserts == 0) {
            spilled = false;
        }
        nextRetry = nextRetryDue;
    }

    int wantedFirsts() {
        int room = CAPACITY - firsts.size() - reserved;
        return open && spilled && room >= CAPACITY / 2 ? Math.min(room, FIRSTS_AT_ONCE) : 0;
    }

    int wantedRetries(Instant now) {
        return open && !nextRetry.isAfter(now) ? Math.max(0, RETRIES_AHEAD - retries.size()) : 0;
    }

    Instant nextRetry() {
        return nextRetry;
    }

    LaneView view() {
        return new LaneView(open, window, concurrency, fast, slow, retries.size() + firsts.size(), spilled);
    }

    boolean hasWaiting() {
        return !retries.isEmpty() || !firsts.isEmpty();
    }

    boolean hasWork() {
        return hasWaiting() || fast + slow > 0;
    }

    /** The next delivery that may start under these shares of the two budgets; retries first. */
    Optional<ClaimedDelivery> start(int fastShare, int slowShare) {
        if (!open || fast >= fastShare || slow >= slowShare) {
            return Optional.empty();
        }
        boolean room = fast + slow + keptPlaces.size() + unrecorded.size() < window;
        ClaimedDelivery next = retries.peek();
        if (next != null && (room || keptPlaces.containsKey(next.id()))) {
            keptPlaces.remove(next.id());
            retries.remove();
        } else if (room) {
            next = firsts.poll();
        } else {
            next = null;
        }
        if (next != null) {
            fast++;
        }
        return Optional.ofNullable(next);
    }

    void becameSlow() {
        fast--;
        slow++;
    }

    void finished(boolean wasSlow, boolean succeeded) {
        if (wasSlow) {
            slow--;
        } else {
            fast--;
        }
        if (succeeded && window < concurrency) {
            window++;
        }
    }

    void keepPlace(UUID delivery, Instant until) {
        unrecorded.remove(delivery);
        if (open) {
            keptPlaces.put(delivery, until);
        }
    }

    void keepPlaceUntilRecorded(UUID delivery, Instant atMost) {
        if (open) {
            unrecorded.put(delivery, atMost);
        }
    }

    void recorded(UUID delivery) {
        unrecorded.remove(delivery);
    }

    void forgetPlacesBefore(Instant now) {
        keptPlaces.values().removeIf(until -> until.isBefore(now));
        unrecorded.values().removeIf(until -> until.isBefore(now));
    }
}
