package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    @Inject
    Settings settings;

    @Inject
    Lease lease;

    @Inject
    DatabaseClock clock;

    @Inject
    Releases releases;

    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<UUID, Lane> lanes = new TreeMap<>();
    /** Lanes that may be able to start something, in turn. */
    private final Set<Lane> ring = new LinkedHashSet<>();

    private final Set<Lane> busy = new HashSet<>();
    private final Semaphore feederWork = new Semaphore(0);
    private Consumer<Flight> launcher = flight -> {};
    private boolean running;
    private final Memory memory = new Memory(Runtime.getRuntime().maxMemory() / 8);
    private BooleanSupplier mayStart = () -> false;
    private UUID lastFed = new UUID(0, 0);
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

    /** Starts dispatching while {@code allowed}; each flight handed to {@code onStart} must come back by {@link #finished}. */
    void start(SubscriptionIndex.Snapshot snapshot, BooleanSupplier allowed, Consumer<Flight> onStart) {
        lock.lock();
        try {
            slots = new Slots(settings.egressConcurrency());
            launcher = onStart;
            mayStart = allowed;
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
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    /** What each open lane knows of the table, as {@link Lane#news}. */
    Map<UUID, Long> news() {
        lock.lock();
        try {
            return lanes.values().stream()
                    .filter(Lane::isOpen)
                    .collect(Collectors.toMap(lane -> lane.subscription, Lane::news));
        } finally {
            lock.unlock();
        }
    }

    /** The table as a whole was looked at, after the lanes had these news. Lanes it does not name have nothing there. */
    void surveyed(Map<UUID, Long> asOf, Collection<ClaimStore.Survey> rows) {
        Map<UUID, ClaimStore.Survey> found =
                rows.stream().collect(Collectors.toMap(ClaimStore.Survey::subscription, Function.identity()));
        lock.lock();
        try {
            asOf.forEach((id, news) -> {
                Lane lane = lanes.get(id);
                if (lane != null && lane.isOpen()) {
                    ClaimStore.Survey row = found.getOrDefault(id, new ClaimStore.Survey(id, false, Instant.MAX));
                    lane.fed(!row.firsts(), row.nextRetry(), news);
                    if (row.firsts()) {
                        lane.spill();
                    }
                }
            });
        } finally {
            lock.unlock();
        }
        feederWork.release();
    }

    /** The claims so far are others' by now: lanes begin with what the table has. */
    void forgetClaims() {
        lock.lock();
        try {
            lanes.values().stream().filter(Lane::isOpen).forEach(lane -> {
                long epoch = lane.epoch();
                close(lane);
                lane.reopen(epoch);
            });
        } finally {
            lock.unlock();
        }
        feederWork.release();
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
            memory.give(lane, waiting.weight());
            releases.add(waiting.asClaim());
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
            long weight = Memory.weight(body.length);
            boolean reserved = lane.reserve(lane.isOpen(entry.epoch()) && weight <= memory.room(lane, busy.size()));
            if (reserved) {
                memory.take(lane, weight);
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
                if (lane != null && lane.isOpen()) {
                    lane.unreserve();
                    enqueue(lane, delivery);
                } else {
                    giveUp(delivery);
                    releases.add(delivery.asClaim());
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
            reservations.claimed.forEach(this::giveUp);
            endUnclaimed(reservations);
        } finally {
            lock.unlock();
        }
    }

    /** The place that was set aside for it is free again. */
    private void giveUp(ClaimedDelivery delivery) {
        Lane lane = lanes.get(delivery.subscription());
        if (lane == null) { // gone, with its subscription
            memory.give(delivery.weight());
        } else {
            memory.give(lane, delivery.weight());
            lane.unreserve();
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

    /** The attempt is over and its report on the way to the recorder. What may start now is the caller's to start. */
    List<Flight> finished(Flight flight, Outcome outcome) {
        lock.lock();
        try {
            slots.free(flight);
            Lane lane = flight.lane;
            memory.give(lane, flight.delivery.weight());
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
            if (lane.wantedFirsts() > 0) {
                feederWork.release();
            }
            return pump();
        } finally {
            lock.unlock();
        }
    }

    /** An attempt that never started (the pool is shutting down, the circuit has opened): its claim goes back. */
    void aborted(Flight flight) {
        lock.lock();
        try {
            slots.free(flight);
            memory.give(flight.lane, flight.delivery.weight());
            flight.lane.finished(flight.slow, false);
            settleBusy(flight.lane);
            releases.add(flight.delivery.asClaim());
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
        boolean allowed = running && mayStart.getAsBoolean();
        while (allowed && slots.hasFree() && !ring.isEmpty()) {
            Lane lane = ring.iterator().next();
            ring.remove(lane);
            lane.start(share, share).ifPresent(delivery -> {
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

    void awaitFeederWork(Duration atMost) throws InterruptedException {
        if (feederWork.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            feederWork.drainPermits();
        }
    }

    /** What lanes want from the table, so many at most, in turn: none has to wait for others that always want. */
    List<Want> wants(int maxLanes) {
        lock.lock();
        try {
            List<Want> wants = new ArrayList<>();
            if (running) {
                Instant now = clock.instant();
                gather(lanes.tailMap(lastFed, false).values(), now, maxLanes, wants);
                gather(lanes.headMap(lastFed, true).values(), now, maxLanes, wants);
            }
            if (!wants.isEmpty()) {
                lastFed = wants.get(wants.size() - 1).subscription();
            }
            return wants;
        } finally {
            lock.unlock();
        }
    }

    private void gather(Collection<Lane> among, Instant now, int most, List<Want> wants) {
        for (Lane lane : among) {
            if (wants.size() >= most) {
                return;
            }
            int retries = lane.wantedRetries(now);
            int firsts = lane.wantedFirsts();
            if (firsts > 0 && memory.isWorthFilling(lane, busy.size())) {
                long room = memory.room(lane, busy.size());
                wants.add(new Want(lane.subscription, lane.epoch(), retries, firsts, room, lane.news()));
            } else if (retries > 0 && memory.roomForRetries() > 0) {
                // However much waits: a place is kept for each of them, which only they can free.
                wants.add(new Want(lane.subscription, lane.epoch(), retries, 0, memory.roomForRetries(), lane.news()));
            }
        }
    }

    void feed(Want want, Feed feed) {
        List<Flight> starts;
        lock.lock();
        try {
            Lane lane = lanes.get(want.subscription());
            if (lane == null || !lane.isOpen(want.epoch())) {
                feed.claimed().forEach(delivery -> releases.add(delivery.asClaim()));
                starts = List.of();
            } else {
                for (ClaimedDelivery delivery : feed.claimed()) {
                    memory.take(lane, delivery.weight());
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

    /** Attempts on the wire now. */
    public int inFlight() {
        lock.lock();
        try {
            return slots.inFlight();
        } finally {
            lock.unlock();
        }
    }

    /** Whether deliveries are being started, as far as this node is concerned: it runs, and its lease holds. */
    public boolean isRunning() {
        lock.lock();
        try {
            return running && lease.holds(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }
}
