package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.subscription.SubscriptionIndex;
import io.decnet.webhook.tally.Tallies;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this room beside those of the attempts, all of the container: one each for recording outcomes, for
 * feeding lanes from the table, for moving slow attempts aside, for making threads of attempts ahead of need, for
 * watching changes, for having H2's file on the disk, and for upkeep.
 */
@ApplicationScoped
public class Workers {
    private static final Logger LOG = System.getLogger(Workers.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    /** A change by another node must be in force here within a second, also when a look takes a while. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** Rarely enough that few events meet one, and often enough that it is short. */
    private static final Duration SYNC = Duration.ofSeconds(1);

    private static final Duration SURVEY = Duration.ofSeconds(15);
    private static final Duration UPKEEP = Duration.ofSeconds(3);
    /** What workers have in hand when the program ends. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(3);

    private static final Duration CLEARING = Duration.ofSeconds(10);
    private static final Duration TALLYING = Duration.ofSeconds(3);

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Feeder feeder;

    @Inject
    Attempts attempts;

    @Inject
    Recorder recorder;

    @Inject
    Chores chores;

    @Inject
    Upkeep upkeep;

    @Inject
    DiskSync disk;

    @Inject
    Heartbeat heartbeat;

    @Inject
    Permission permission;

    @Inject
    ClaimLedger ledger;

    @Inject
    HeldBacklogs held;

    @Inject
    SubscriptionIndex index;

    @Inject
    Tallies tallies;

    @Inject
    DatabaseClock clock;

    @Inject
    Settings settings;

    private final List<Thread> running = new ArrayList<>();
    private final CountDownLatch ending = new CountDownLatch(1);

    void start() {
        attempts.begin(2 * settings.egressConcurrency());
        repeat("recorder", recorder::step);
        repeat("feeder", rest -> feed());
        every(TICK, "ticker", dispatcher::tick);
        every(TICK, "spares", attempts::prepare);
        every(LOOK, "watch", index::watch);
        if (!settings.onPostgres()) {
            every(SYNC, "disk", disk::step);
        }
        every(UPKEEP, "heartbeat", this::beat);
        every(SURVEY, "survey", this::survey);
        every(UPKEEP, "limits", () -> chores.limit(this::isEnding));
        every(CLEARING, "retention", () -> chores.clear(this::isEnding));
        every(TALLYING, "tallies", this::keepTallies);
        dispatcher.start(index.refreshed(), permission::toStart, attempts::launch);
        survey();
    }

    /** Starts nothing more, waits so long for attempts on the wire, and records them. */
    void stop(Duration patience) throws InterruptedException {
        dispatcher.stop();
        if (!attempts.end(patience)) {
            LOG.log(Level.WARNING, "dispatcher.stopping inFlight={0} are sent again", dispatcher.inFlight());
        }
        ending.countDown();
        long until = System.nanoTime() + LAST_STEPS.toNanos();
        // Never interrupted: H2 closes the database file under a thread that is.
        for (Thread thread : running) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        }
        recorder.finish(new Rest(ending));
    }

    void keepTallies() {
        tallies.keep(clock.instant());
    }

    private void every(Duration pause, String name, Runnable step) {
        repeat(name, rest -> {
            step.run();
            rest.sleep(pause);
        });
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    private void repeat(String name, Worker.Step step) {
        Thread thread = threads.newThread(new Worker(name, step, ending));
        thread.setName("decnet-" + name);
        running.add(thread);
        thread.start();
    }

    private void feed() throws InterruptedException {
        dispatcher.awaitFeederWork(LOOK);
        feeder.step(this::isEnding);
    }

    private void beat() {
        if (heartbeat.step()) {
            held.othersGrew(index.current().entries());
            survey();
        }
        if (ledger.isInDoubt()) {
            giveBackForgotten();
        }
    }

    private void giveBackForgotten() {
        upkeep.releaseForgotten().stream().map(Claim::subscription).distinct().forEach(dispatcher::waiting);
    }

    /** Finds rows nobody here was told of: those of a node that died, that stopped, or that cannot keep up. */
    private void survey() {
        Map<UUID, Long> news = dispatcher.news();
        dispatcher.surveyed(news, upkeep.survey());
    }
}
