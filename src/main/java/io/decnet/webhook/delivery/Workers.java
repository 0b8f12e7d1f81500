package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this room, all of the container: one for each attempt on the wire, and one each for recording
 * outcomes, for feeding lanes from the table, for moving slow attempts aside, for watching changes, and for upkeep.
 * None of them ends on a fault: it is logged and the work is tried again.
 */
@ApplicationScoped
public class Workers {
    private static final Logger LOG = System.getLogger(Workers.class.getName());
    private static final int MAX_BATCH = 256;
    private static final int LANES_AT_ONCE = 32;
    private static final int LIMITED_AT_ONCE = 200;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration UPKEEP = Duration.ofSeconds(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Dispatcher dispatcher;

    @Inject
    WebhookDelivery webhook;

    @Inject
    OutcomeRecorder recorder;

    @Inject
    Upkeep upkeep;

    @Inject
    ClaimLedger ledger;

    @Inject
    HeldBacklogs held;

    @Inject
    SubscriptionIndex index;

    @Inject
    DeliveryMeters meters;

    @Inject
    Settings settings;

    private final BlockingQueue<AttemptReport> reports = new ArrayBlockingQueue<>(4096);
    private final Map<UUID, Instant> successShown = new HashMap<>();
    private final List<Thread> running = new ArrayList<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean stopping;
    private ThreadPoolExecutor attempts = closedPool();

    private interface Step {
        void run() throws InterruptedException;
    }

    void start() {
        int most = 2 * settings.egressConcurrency();
        attempts = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        repeat("recorder", this::recordBatch);
        repeat("feeder", this::feed);
        repeat("ticker", () -> {
            dispatcher.tick();
            pause(TICK);
        });
        repeat("watch", () -> {
            index.refreshed();
            pause(LOOK);
        });
        repeat("upkeep", () -> {
            pause(UPKEEP);
            if (!stopping) {
                keepUp();
            }
        });
        dispatcher.start(index.refreshed(), this::launch);
    }

    /** Starts nothing more, waits for attempts on the wire, records them, and gives claims back. */
    void stop(Duration patience) throws InterruptedException {
        dispatcher.stop();
        attempts.shutdown();
        if (!attempts.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.WARNING, "dispatcher.stopping inFlight={0}", dispatcher.inFlight());
        }
        stopping = true;
        ending.countDown();
        // Never interrupted: H2 closes the database file under a thread that is.
        for (Thread thread : running) {
            thread.join(patience.toMillis());
        }
        List<AttemptReport> last = new ArrayList<>();
        reports.drainTo(last);
        if (!last.isEmpty()) {
            record(last);
        }
    }

    private static ThreadPoolExecutor closedPool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        pool.shutdown();
        return pool;
    }

    private void repeat(String name, Step step) {
        Thread thread = threads.newThread(() -> {
            Duration pause = FIRST_PAUSE;
            while (!stopping) {
                try {
                    step.run();
                    pause = FIRST_PAUSE;
                } catch (InterruptedException e) {
                    if (stopping) {
                        return;
                    }
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "worker.failed worker=" + name + " cause=" + e);
                    pause = rest(pause);
                }
            }
        });
        thread.setName("decnet-" + name);
        running.add(thread);
        thread.start();
    }

    /** Sleeps, but not beyond the end. */
    private void pause(Duration pause) throws InterruptedException {
        if (ending.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.DEBUG, "worker.ending");
        }
    }

    /** Sleeps, and says how long to sleep the next time. */
    private Duration rest(Duration pause) {
        try {
            pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void launch(Flight flight) {
        try {
            attempts.execute(() -> fly(flight));
        } catch (RejectedExecutionException e) {
            dispatcher.aborted(flight);
        }
    }

    private void fly(Flight flight) {
        try {
            webhook.attempt(flight.delivery, flight.epoch)
                    .ifPresentOrElse(report -> land(flight, report), () -> dispatcher.aborted(flight));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "attempt.failed delivery=" + flight.delivery.id(), e);
            dispatcher.aborted(flight);
        }
    }

    private void land(Flight flight, AttemptReport report) {
        meters.attempt(report);
        try {
            reports.put(report);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dispatcher.finished(flight, report.outcome());
    }

    private void recordBatch() throws InterruptedException {
        List<AttemptReport> batch = new ArrayList<>();
        Optional.ofNullable(reports.poll(TICK.toMillis(), TimeUnit.MILLISECONDS))
                .ifPresent(batch::add);
        reports.drainTo(batch, MAX_BATCH - batch.size());
        if (!batch.isEmpty()) {
            record(batch);
        }
    }

    private void record(List<AttemptReport> batch) {
        Duration pause = FIRST_PAUSE;
        boolean doubtful = false;
        while (true) {
            try {
                OutcomeRecorder.Recorded result = recorder.record(batch, successShown);
                batch.forEach(report -> ledger.settle(report.delivery().claim(), 1));
                result.recorded().forEach(this::recorded);
                if (result.circuitsChanged()) {
                    index.refreshed();
                }
                if (doubtful) { // an earlier try may have left retries in the table that nobody here knows of
                    batch.stream().map(AttemptReport::subscription).distinct().forEach(dispatcher::waiting);
                }
                return;
            } catch (RuntimeException e) {
                doubtful = true;
                LOG.log(Level.WARNING, "outcomes.unrecorded count=" + batch.size() + " cause=" + e);
                if (stopping) {
                    return;
                }
                pause = rest(pause);
            }
        }
    }

    private void recorded(AttemptReport report) {
        String next = "";
        if (report.outcome() instanceof Outcome.Retrying retrying) {
            dispatcher.retryAt(report.subscription(), retrying.at());
            next = " next=" + retrying.at();
        }
        LOG.log(
                report.succeeded() ? Level.DEBUG : Level.INFO,
                "delivery.attempted delivery=" + report.delivery().id() + " event="
                        + report.delivery().eventId() + " subscription=" + report.subscription() + " attempt="
                        + (report.delivery().attempts() + 1) + " outcome="
                        + Outcome.status(report.result()).map(String::valueOf).orElse(report.error()) + next);
    }

    private void feed() throws InterruptedException {
        dispatcher.awaitFeederWork(LOOK);
        List<Claim> releases = dispatcher.takeReleases(MAX_BATCH);
        while (!releases.isEmpty()) {
            release(releases);
            releases = dispatcher.takeReleases(MAX_BATCH);
        }
        List<Dispatcher.Want> wants = dispatcher.wants(LANES_AT_ONCE);
        while (!wants.isEmpty() && !stopping) {
            wants.forEach(this::feed);
            wants = dispatcher.wants(LANES_AT_ONCE);
        }
    }

    private void feed(Dispatcher.Want want) {
        long claim = ledger.take(want.most());
        try {
            Feed feed = upkeep.claim(want, claim);
            ledger.settle(claim, want.most() - feed.claimed().size());
            dispatcher.feed(want, feed);
        } catch (RuntimeException e) {
            ledger.settle(claim, want.most());
            ledger.doubt();
            throw e;
        }
    }

    private void release(List<Claim> releases) {
        try {
            upkeep.release(releases);
        } catch (RuntimeException e) {
            dispatcher.releaseLater(releases);
            throw e;
        }
        releases.forEach(claim -> ledger.settle(claim.number(), 1));
        releases.stream().map(Claim::subscription).distinct().forEach(dispatcher::waiting);
    }

    private void keepUp() {
        upkeep.heartbeat();
        if (ledger.isInDoubt()) {
            upkeep.releaseForgotten().stream()
                    .map(Claim::subscription)
                    .distinct()
                    .forEach(dispatcher::waiting);
        }
        List<SubscriptionIndex.Entry> entries = List.copyOf(index.current().entries());
        for (int from = 0; from < entries.size(); from += LIMITED_AT_ONCE) {
            upkeep.discardAged(entries.subList(from, Math.min(entries.size(), from + LIMITED_AT_ONCE)));
        }
        held.takeGrown().forEach(upkeep::discardBeyondLimit);
        for (UUID deleted : upkeep.deleted()) {
            while (!stopping && !upkeep.purge(deleted)) {
                Thread.onSpinWait();
            }
        }
    }
}
