package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Decides which delivery starts next, so that a bad receiver costs the others nothing.
 *
 * <p>Each subscription has a {@link Lane}. Attempts take slots of a <em>fast</em> budget; one older than a second moves
 * to a <em>slow</em> budget of the same size. A lane takes at most budget ÷ lanes with work of either, so forty
 * receivers that start to hang together hold others up for at most that second. One lock guards all of it; nothing is
 * done under it but moving references.
 */
@ApplicationScoped
public class Dispatcher {
    static final Duration SLOW_AFTER = Duration.ofSeconds(1);
    /** A place in the window is kept for a retry that is at most this far away. */
    static final Duration KEEPS_PLACE_FOR = Duration.ofSeconds(10);
    /** What may wait in memory; more waits in the table. */
    private static final long MEMORY_BYTES = Runtime.getRuntime().maxMemory() / 8;

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Lane> lanes = new HashMap<>();
    /** Lanes that may be able to start something, in turn. */
    private final Set<Lane> ring = new LinkedHashSet<>();

    private final Set<Lane> busy = new HashSet<>();
    private final Deque<Claim> toRelease = new ArrayDeque<>();
    private final Semaphore feederWork = new Semaphore(0);
    private Consumer<Flight> launcher = flight -> {};
    private boolean running;
    private long waitingBytes;
    private Slots slots = new Slots(0);

    /** How the lane of a subscription stands on this node; empty when it has none. */
    public Optional<LaneView> lane(UUID subscription) {
        lock.lock();
        try {
            return Optional.ofNullable(lanes.get(subscription)).map(Lane::view);
        } finally {
            lock.unlock();
        }
    }

    /** Starts dispatching; each flight handed to {@code onStart} must come back by {@link #finished}. */
    void start(SubscriptionIndex.Snapshot snapshot, Consumer<Flight> onStart) {
        lock.lock();
        try {
            slots = new Slots(settings.egressConcurrency());
            launcher = onStart;
            running = true;
            snapshot.entries().forEach(entry -> reconcile(entry, false));
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    /** Starts nothing more and closes all lanes; what waits in them is to be released. */
    void stop() {
        lock.lock();
        try {
            running = false;
            lanes.values().forEach(this::close);
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    void indexSwapped(@Observes IndexSwapped swap) {
        lock.lock();
        try {
            if (!running) {
                return;
            }
            for (SubscriptionIndex.Entry entry : swap.after().entries()) {
                swap.before()
                        .entry(entry.id())
                        .ifPresentOrElse(old -> reconcile(entry, !old.equals(entry)), () -> reconcile(entry, false));
            }
            lanes.values().removeIf(lane -> {
                boolean gone = swap.after().entry(lane.subscription).isEmpty();
                if (gone) {
                    close(lane);
                }
                return gone;
            });
            if (swap.before().seq() == swap.after().seq()) {
                lookAgain();
            }
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    /** At each full reload: finds the rows of a node that died before it could tell anybody of them. */
    private void lookAgain() {
        Instant now = clock.instant();
        lanes.values().forEach(lane -> {
            lane.spill();
            lane.retryAt(now);
        });
    }

    private void reconcile(SubscriptionIndex.Entry entry, boolean changed) {
        boolean active = entry.state() == CircuitState.ACTIVE;
        Lane lane = lanes.get(entry.id());
        if (lane == null) {
            lane = new Lane(entry.id());
            lanes.put(entry.id(), lane);
            if (active) {
                lane.open(entry.epoch(), entry.concurrency(), changed);
            }
        } else if (!active) {
            close(lane);
        } else if (!lane.isOpen(entry.epoch())) {
            close(lane);
            lane.open(entry.epoch(), entry.concurrency(), true);
        } else {
            lane.resize(entry.concurrency());
        }
    }

    private void close(Lane lane) {
        for (ClaimedDelivery waiting : lane.close()) {
            waitingBytes -= waiting.bytes();
            toRelease.add(waiting.asClaim());
        }
        ring.remove(lane);
        settleBusy(lane);
    }

    /**
     * Sets a place aside for a delivery about to be inserted. When there is none, or the circuit is open, the row is
     * to be inserted unclaimed. Whatever the answer, {@link #commit} or {@link #rollback} must follow.
     */
    boolean reserve(SubscriptionIndex.Entry entry, byte[] body, Reservations reservations) {
        lock.lock();
        try {
            Lane lane = lanes.get(entry.id());
            if (lane == null) {
                return false;
            }
            int bytes = ClaimedDelivery.bytes(body);
            boolean reserved = lane.reserve(lane.isOpen(entry.epoch()) && waitingBytes + bytes <= MEMORY_BYTES);
            if (reserved) {
                waitingBytes += bytes;
            } else {
                reservations.unclaimed.add(entry.id());
            }
            return reserved;
        } finally {
            lock.unlock();
        }
    }

    /** The rows are in the table: deliveries with a place may start, the others are fetched in their turn. */
    void commit(Reservations reservations) {
        List<Flight> starts;
        lock.lock();
        try {
            for (ClaimedDelivery delivery : reservations.claimed) {
                Lane lane = lanes.get(delivery.subscription());
                if (lane != null) {
                    lane.unreserve();
                }
                if (lane != null && lane.isOpen()) {
                    enqueue(lane, delivery);
                } else {
                    waitingBytes -= delivery.bytes();
                    toRelease.add(delivery.asClaim());
                }
            }
            endUnclaimed(reservations);
            starts = pump();
        } finally {
            lock.unlock();
        }
        launch(starts);
        if (!reservations.unclaimed.isEmpty()) {
            feederWork.release();
        }
    }

    void rollback(Reservations reservations) {
        lock.lock();
        try {
            for (ClaimedDelivery delivery : reservations.claimed) {
                waitingBytes -= delivery.bytes();
                Lane lane = lanes.get(delivery.subscription());
                if (lane != null) {
                    lane.unreserve();
                }
            }
            endUnclaimed(reservations);
        } finally {
            lock.unlock();
        }
    }

    private void endUnclaimed(Reservations reservations) {
        for (UUID subscription : reservations.unclaimed) {
            Lane lane = lanes.get(subscription);
            if (lane != null) {
                lane.unclaimedInsertEnded();
            }
        }
    }

    /** Rows of this subscription wait in the table, put there by another transaction. */
    void waiting(UUID subscription) {
        lock.lock();
        try {
            Lane lane = lanes.get(subscription);
            if (lane != null) {
                lane.spill();
                lane.retryAt(clock.instant());
            }
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    /** A retry of this subscription is due then. */
    void retryAt(UUID subscription, Instant due) {
        lock.lock();
        try {
            Lane lane = lanes.get(subscription);
            if (lane != null) {
                lane.retryAt(due);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The attempt is over and its report on the way to the recorder. */
    void finished(Flight flight, Outcome outcome) {
        List<Flight> starts;
        lock.lock();
        try {
            slots.free(flight);
            Lane lane = flight.lane;
            boolean succeeded = outcome instanceof Outcome.Delivered;
            lane.finished(flight.slow, succeeded && lane.isOpen(flight.epoch));
            if (flight.slow && outcome instanceof Outcome.Retrying retrying) {
                Instant latest = clock.instant().plus(KEEPS_PLACE_FOR);
                if (!retrying.at().isAfter(latest)) {
                    lane.keepPlace(flight.delivery.id(), retrying.at().plus(KEEPS_PLACE_FOR));
                }
            }
            settleBusy(lane);
            if (lane.hasWaiting()) {
                ring.add(lane);
            }
            starts = pump();
            if (lane.wantedFirsts() > 0) {
                feederWork.release();
            }
        } finally {
            lock.unlock();
        }
        launch(starts);
    }

    /** An attempt that never started (the pool is shutting down, the circuit has opened): its claim goes back. */
    void aborted(Flight flight) {
        lock.lock();
        try {
            slots.free(flight);
            flight.lane.finished(flight.slow, false);
            settleBusy(flight.lane);
            toRelease.add(flight.delivery.asClaim());
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    /** Several times a second: moves slow attempts aside and wakes the feeder for retries that are due. */
    void tick() {
        List<Flight> starts;
        boolean due = false;
        Instant now = clock.instant();
        long slowBefore = System.nanoTime() - SLOW_AFTER.toNanos();
        lock.lock();
        try {
            slots.moveAside(slowBefore);
            for (Lane lane : lanes.values()) {
                lane.forgetPlacesBefore(now);
                if (lane.hasWaiting()) {
                    ring.add(lane);
                }
                due |= lane.wantedRetries(now) > 0 || lane.wantedFirsts() > 0;
            }
            starts = pump();
        } finally {
            lock.unlock();
        }
        launch(starts);
        if (due) {
            feederWork.release();
        }
    }

    private void enqueue(Lane lane, ClaimedDelivery delivery) {
        lane.add(delivery);
        busy.add(lane);
        ring.add(lane);
    }

    private void settleBusy(Lane lane) {
        if (lane.hasWork()) {
            busy.add(lane);
        } else {
            busy.remove(lane);
        }
    }

    /** Takes from the lanes in turn while there are slots. A lane that may not start now leaves the ring. */
    private List<Flight> pump() {
        List<Flight> starts = new ArrayList<>();
        int share = slots.share(busy.size());
        while (running && slots.hasFree() && !ring.isEmpty()) {
            Lane lane = ring.iterator().next();
            ring.remove(lane);
            lane.start(share, share).ifPresent(delivery -> {
                waitingBytes -= delivery.bytes();
                starts.add(slots.take(delivery, lane, System.nanoTime()));
                if (lane.hasWaiting()) {
                    ring.add(lane);
                }
            });
        }
        return starts;
    }

    private void launch(List<Flight> starts) {
        starts.forEach(launcher);
    }

    // The feeder's side: what to fetch from the table, and what came.

    /** What one lane wants from the table; {@code news} is what it knew of it then. */
    public record Want(UUID subscription, long epoch, int retries, int firsts, long news) {
        int most() {
            return retries + firsts;
        }
    }

    void awaitFeederWork(Duration atMost) throws InterruptedException {
        if (feederWork.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            feederWork.drainPermits();
        }
    }

    List<Want> wants(int maxLanes) {
        lock.lock();
        try {
            if (!running || waitingBytes >= MEMORY_BYTES) {
                return List.of();
            }
            Instant now = clock.instant();
            List<Want> wants = new ArrayList<>();
            for (Lane lane : lanes.values()) {
                int retries = lane.wantedRetries(now);
                int firsts = lane.wantedFirsts();
                if (retries + firsts > 0 && wants.size() < maxLanes) {
                    wants.add(new Want(lane.subscription, lane.epoch(), retries, firsts, lane.news()));
                }
            }
            return wants;
        } finally {
            lock.unlock();
        }
    }

    void feed(Want want, Feed feed) {
        List<Flight> starts;
        lock.lock();
        try {
            Lane lane = lanes.get(want.subscription());
            if (lane == null || !lane.isOpen(want.epoch())) {
                feed.claimed().forEach(delivery -> toRelease.add(delivery.asClaim()));
                starts = List.of();
            } else {
                for (ClaimedDelivery delivery : feed.claimed()) {
                    waitingBytes += delivery.bytes();
                    enqueue(lane, delivery);
                }
                lane.fed(want.firsts() > 0 && feed.drained(), feed.nextRetry(), want.news());
                starts = pump();
            }
        } finally {
            lock.unlock();
        }
        launch(starts);
    }

    List<Claim> takeReleases(int max) {
        lock.lock();
        try {
            List<Claim> taken = new ArrayList<>();
            while (taken.size() < max && !toRelease.isEmpty()) {
                taken.add(toRelease.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void releaseLater(List<Claim> notReleased) {
        lock.lock();
        try {
            toRelease.addAll(notReleased);
        } finally {
            lock.unlock();
        }
    }

    /** Attempts on the wire now. */
    public int inFlight() {
        lock.lock();
        try {
            return slots.inFlight();
        } finally {
            lock.unlock();
        }
    }

    /** Whether deliveries are being started. */
    public boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }
}
