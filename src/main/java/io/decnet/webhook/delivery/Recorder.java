package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Brings outcomes into the table, up to 256 in a transaction. While the database is away they wait here, at most 4,096;
 * then attempts wait to hand theirs in. An outcome the database refuses is found by halving the batch; it costs the
 * others nothing, and its delivery is attempted again if not even a plain form of it can be stored.
 */
@ApplicationScoped
class Recorder {
    private static final Logger LOG = System.getLogger(Recorder.class.getName());
    private static final int CAPACITY = 4096;
    private static final int MAX_BATCH = 256;
    /** So often a batch is tried that fails for no fault of the database's, before it is halved. */
    private static final int MAX_TRIES = 8;

    private static final long WAIT_MILLIS = 100;
    /** So often and so long a few successes wait for more, failures once: a commit costs the same for one as for many. */
    private static final int GATHERINGS = 4;

    private static final Duration GATHER = Duration.ofMillis(5);

    private static final long SUCCESS_SHOWN_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Inject
    OutcomeRecorder transactions;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Releases releases;

    @Inject
    ClaimLedger ledger;

    @Inject
    HeldBacklogs held;

    @Inject
    SubscriptionIndex index;

    private final BlockingQueue<AttemptReport> reports = new ArrayBlockingQueue<>(CAPACITY);
    private final Map<UUID, AttemptReport> lastSuccesses = new TreeMap<>();
    private long successesShownAt;

    /** Waits while there is no room. */
    void hand(AttemptReport report) throws InterruptedException {
        reports.put(report);
    }

    /** Records one batch, if there is one within a moment. */
    void step(Rest rest) throws InterruptedException {
        List<AttemptReport> batch = new ArrayList<>();
        Optional.ofNullable(reports.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS)).ifPresent(batch::add);
        if (!batch.isEmpty()) {
            gather(batch, rest);
            record(batch, rest);
        }
        if (System.nanoTime() - successesShownAt > SUCCESS_SHOWN_EVERY_NANOS) {
            showSuccesses();
        }
    }

    /**
     * Nobody waits for a success to be recorded. A circuit has to know of a failure soon, but receivers that hang fail together: a commit for the
     * first of them would make the others wait for it.
     */
    private void gather(List<AttemptReport> batch, Rest rest) {
        for (int i = 0; i < GATHERINGS && batch.size() < MAX_BATCH; i++) {
            if (i == 0 || batch.stream().allMatch(AttemptReport::succeeded)) {
                rest.sleep(GATHER); // which an interrupt does not end with what was gathered
            }
            reports.drainTo(batch, MAX_BATCH - batch.size());
        }
    }

    /** Records what is left, at the end. */
    void finish(Rest rest) {
        List<AttemptReport> batch = new ArrayList<>();
        while (reports.drainTo(batch, MAX_BATCH) > 0) {
            record(batch, rest);
            batch = new ArrayList<>();
        }
        showSuccesses();
    }

    private void record(List<AttemptReport> batch, Rest rest) {
        for (int tries = 1; ; tries++) {
            try {
                commit(batch, tries > 1);
                rest.over();
                return;
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "outcomes.unrecorded count=" + batch.size() + " cause=" + e);
                StoreFault fault = StoreFault.of(e);
                boolean blamesARow = fault == StoreFault.BAD_ROW
                        || (tries >= MAX_TRIES && (fault == StoreFault.OUTDATED || !StoreFault.isOfDatabase(e)));
                if (blamesARow) {
                    halve(batch, rest, e);
                    return;
                }
                if (!rest.take()) {
                    return; // the program ends: the claims are released at the next start
                }
            }
        }
    }

    private void halve(List<AttemptReport> batch, Rest rest, Throwable fault) {
        int size = batch.size();
        if (size > 1) {
            record(batch.subList(0, size / 2), rest);
            record(batch.subList(size / 2, size), rest);
        } else if (!batch.get(0).isPlain()) {
            LOG.log(
                    Level.ERROR,
                    "outcome.refused delivery=" + batch.get(0).delivery().id() + " cause=" + fault);
            record(List.of(batch.get(0).plain()), rest);
        } else {
            LOG.log(
                    Level.ERROR,
                    "outcome.lost delivery=" + batch.get(0).delivery().id() + " it is attempted again");
            releases.add(batch.get(0).delivery().asClaim());
        }
    }

    private void commit(List<AttemptReport> batch, boolean again) {
        OutcomeRecorder.Recorded result = transactions.record(batch);
        batch.forEach(report -> ledger.settle(report.delivery().claim(), 1));
        result.recorded().forEach(this::recorded);
        if (result.circuitsOpen()) {
            index.refreshed();
        }
        dispatcher.recorded(batch.stream().filter(report -> !report.succeeded()).toList());
        if (again) { // an earlier try may have left retries in the table that nobody here knows of
            batch.stream().map(AttemptReport::subscription).distinct().forEach(dispatcher::waiting);
        }
    }

    private void recorded(AttemptReport report) {
        if (report.outcome() instanceof Outcome.Retrying retrying) {
            dispatcher.retryAt(report.subscription(), retrying.at());
            if (isOpen(report.subscription())) {
                held.grows(report.subscription());
            }
        } else if (report.succeeded()) {
            lastSuccesses.put(report.subscription(), report);
        }
        LOG.log(
                report.succeeded() ? Level.DEBUG : Level.INFO,
                () -> "delivery.attempted delivery=" + report.delivery().id() + " event="
                        + report.delivery().eventId() + " subscription=" + report.subscription() + " attempt="
                        + (report.delivery().attempts() + 1) + " outcome="
                        + Outcome.status(report.result()).map(String::valueOf).orElse(report.error()) + next(report));
    }

    private static String next(AttemptReport report) {
        return report.outcome() instanceof Outcome.Retrying retrying ? " next=" + retrying.at() : "";
    }

    private boolean isOpen(UUID subscription) {
        return index.current()
                .entry(subscription)
                .filter(entry -> entry.state() != CircuitState.ACTIVE)
                .isPresent();
    }

    /** When a webhook last succeeded is written beside the outcomes, so that a success waits for no lock. */
    private void showSuccesses() {
        successesShownAt = System.nanoTime();
        if (!lastSuccesses.isEmpty()) {
            transactions.showSuccesses(List.copyOf(lastSuccesses.values()));
            lastSuccesses.clear();
        }
    }
}
