package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides which delivery starts next, so that a bad receiver costs the others nothing.
 *
 * <p>Each subscription has a {@link Lane}. Attempts take slots of a <em>fast</em> budget; one older than a second moves
 * to a <em>slow</em> budget of the same size. A lane takes at most budget ÷ lanes with work of either, so forty
 * receivers that start to hang together hold others up for at most that second. One lock guards all of it; nothing is
 * done under it but moving references. What is to be done outside of it is done here: attempts are launched, and the
 * feeder is woken when a lane may want something from the table: by each tick also for one that found no room before.
 */
@ApplicationScoped
public class Dispatcher {
    static final Duration SLOW_AFTER = Duration.ofSeconds(1);
    /** A place in the window is kept for a retry that is at most this far away, and so long for a failure to be recorded. */
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
    private final Semaphore feederWork = new Semaphore(0);
    private final Memory memory = new Memory(Runtime.getRuntime().maxMemory() / 8);
    private Turns turns = new Turns(new Slots(0));
    private Lanes lanes = new Lanes(turns, memory, this::giveBack);
    private Consumer<Flight> launcher = flight -> {};
    private BooleanSupplier mayStart = () -> false;
    private boolean running;

    private void giveBack(Claim claim) {
        releases.add(claim);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** A change after which a lane may want something from the table. */
    private void changeAndFeed(Runnable work) {
        change(work);
        feederWork.release();
    }

    /** How the lane of a subscription stands on this node; empty when it has none. */
    public Optional<LaneView> lane(UUID subscription) {
        return locked(() -> lanes.of(subscription).map(Lane::view));
    }

    /** Starts dispatching while {@code allowed}; each flight handed to {@code onStart} must come back by {@link #finished}. */
    void start(SubscriptionIndex.Snapshot snapshot, BooleanSupplier allowed, Consumer<Flight> onStart) {
        changeAndFeed(() -> {
            turns = new Turns(new Slots(settings.egressConcurrency()));
            lanes = new Lanes(turns, memory, this::giveBack);
            launcher = onStart;
            mayStart = allowed;
            running = true;
            snapshot.entries().forEach(entry -> lanes.reconcile(entry, false));
        });
    }

    /** Starts nothing more and closes all lanes; what waits in them is to be released. */
    void stop() {
        changeAndFeed(() -> {
            running = false;
            lanes.all().forEach(lanes::close);
        });
    }

    void indexSwapped(@Observes IndexSwapped swap) {
        changeAndFeed(() -> {
            if (running) {
                for (SubscriptionIndex.Entry entry : swap.after().entries()) {
                    Optional<SubscriptionIndex.Entry> before = swap.before().entry(entry.id());
                    lanes.reconcile(
                            entry, before.filter(old -> !old.equals(entry)).isPresent());
                }
                lanes.keepOnly(swap.after());
            }
        });
    }

    /** What each open lane knows of the table, as {@link Lane#news}. */
    Map<UUID, Long> news() {
        return locked(() -> lanes.news());
    }

    /** The table as a whole was looked at, after the lanes had these news. Lanes it does not name have nothing there. */
    void surveyed(Map<UUID, Long> asOf, Collection<ClaimStore.Survey> rows) {
        changeAndFeed(() -> lanes.surveyed(asOf, rows));
    }

    /** The claims so far are others' by now: lanes begin with what the table has. */
    void forgetClaims() {
        changeAndFeed(() -> lanes.forgetClaims());
    }

    /**
     * Sets a place aside for a delivery about to be inserted. When there is none, or the circuit is open, the row is
     * to be inserted unclaimed. Whatever the answer, {@link #commit} or {@link #rollback} must follow.
     */
    boolean reserve(SubscriptionIndex.Entry entry, byte[] body, Reservations reservations) {
        return locked(() -> lanes.reserve(entry, Memory.weight(body.length), reservations));
    }

    /** The rows are in the table: deliveries with a place may start, the others are fetched in their turn. */
    void commit(Reservations reservations) {
        launch(locked(() -> {
            reservations.claimed.forEach(lanes::take);
            lanes.endUnclaimed(reservations.unclaimed);
            return pump();
        }));
        if (!reservations.unclaimed.isEmpty()) {
            feederWork.release();
        }
    }

    void rollback(Reservations reservations) {
        change(() -> {
            reservations.claimed.forEach(lanes::giveUp);
            lanes.endUnclaimed(reservations.unclaimed);
        });
    }

    /** Rows of this subscription wait in the table, put there by another transaction. */
    void waiting(UUID subscription) {
        changeAndFeed(() -> lanes.of(subscription).ifPresent(lane -> {
            lane.spill();
            lane.retryAt(clock.instant());
        }));
    }

    /** A retry of this subscription is due then. */
    void retryAt(UUID subscription, Instant due) {
        change(() -> lanes.of(subscription).ifPresent(lane -> lane.retryAt(due)));
    }

    /** Before the report of a failure is on the way to the recorder. */
    void failed(Flight flight) {
        change(() -> flight.lane.keepPlaceUntilRecorded(
                flight.delivery.id(), clock.instant().plus(KEEPS_PLACE_FOR)));
    }

    /** The attempt is over and its report on the way to the recorder. What may start now is the caller's to start. */
    List<Flight> finished(Flight flight, Outcome outcome) {
        return locked(() -> {
            Lane lane = flight.lane;
            lanes.landed(flight, outcome instanceof Outcome.Delivered && lane.isOpen(flight.epoch));
            if (flight.slow && outcome instanceof Outcome.Retrying retrying) {
                keepPlace(lane, flight.delivery.id(), retrying.at());
            }
            turns.again(lane);
            if (lane.wantedFirsts() > 0) {
                feederWork.release();
            }
            return pump();
        });
    }

    private void keepPlace(Lane lane, UUID delivery, Instant retry) {
        if (!retry.isAfter(clock.instant().plus(KEEPS_PLACE_FOR))) {
            lane.keepPlace(delivery, retry.plus(KEEPS_PLACE_FOR));
        }
    }

    /** These are in the table, and what they did to their circuits is known here. */
    void recorded(Collection<AttemptReport> failures) {
        if (failures.isEmpty()) {
            return;
        }
        launch(locked(() -> {
            for (AttemptReport failure : failures) {
                lanes.of(failure.subscription()).ifPresent(lane -> {
                    lane.recorded(failure.delivery().id());
                    turns.again(lane);
                });
            }
            return pump();
        }));
    }

    /** An attempt that never started (the pool is shutting down, the circuit has opened): its claim goes back. */
    void aborted(Flight flight) {
        changeAndFeed(() -> {
            lanes.landed(flight, false);
            giveBack(flight.delivery.asClaim());
        });
    }

    /** Several times a second: moves slow attempts aside and wakes the feeder for retries that are due. */
    void tick() {
        Instant now = clock.instant();
        launch(locked(() -> {
            turns.moveAside(System.nanoTime() - SLOW_AFTER.toNanos());
            for (Lane lane : lanes.all()) {
                lane.forgetPlacesBefore(now);
                turns.again(lane);
            }
            if (lanes.anyWants(now)) {
                feederWork.release();
            }
            return pump();
        }));
    }

    private List<Flight> pump() {
        return running && mayStart.getAsBoolean() ? turns.next(System.nanoTime()) : List.of();
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

    /** What the next lanes want from the table, so many at most; see {@link Lanes#nextWants}. Called by one thread. */
    List<Want> nextWants(int most) {
        return locked(() -> running ? lanes.nextWants(clock.instant(), most) : List.of());
    }

    /** These could not be fed. */
    void notFed(List<Want> wants) {
        change(() -> lanes.notFed(wants));
    }

    /** What came for these, in their order, as far as it came. */
    void feed(List<Want> wants, List<Feed> feeds) {
        launch(locked(() -> {
            lanes.feed(wants, feeds);
            return pump();
        }));
    }

    /** Attempts on the wire now. */
    public int inFlight() {
        return locked(() -> turns.inFlight());
    }

    /** Whether deliveries are being started, as far as this node is concerned: it runs, and its lease holds. */
    public boolean isRunning() {
        return locked(() -> running && lease.holds(System.nanoTime()));
    }
}
