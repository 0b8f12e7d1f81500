package io.decnet.webhook.delivery;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The attempts on the wire, each on a thread of the container. Whatever becomes of a flight, it comes back to the
 * dispatcher: one that never came back would keep its slot and its claim for ever.
 */
@ApplicationScoped
class Attempts {
    private static final Logger LOG = System.getLogger(Attempts.class.getName());

    /** Few enough that making them leaves the processors to those that have something to deliver. */
    private static final int THREADS_AT_ONCE = 10;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Dispatcher dispatcher;

    @Inject
    WebhookDelivery webhook;

    @Inject
    Recorder recorder;

    @Inject
    Releases releases;

    @Inject
    DeliveryMeters meters;

    private volatile ThreadPoolExecutor pool = closedPool();
    private volatile SpareThreads spares = none();

    private static ThreadPoolExecutor closedPool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        pool.shutdown();
        return pool;
    }

    private static SpareThreads none() {
        return new SpareThreads(
                task -> {
                    throw new IllegalStateException("no flight is taken yet");
                },
                0);
    }

    /** Takes flights from now on, so many at once. */
    void begin(int most) {
        spares = new SpareThreads(threads, most);
        pool = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), spares);
    }

    /** Makes a few of the threads that future flights may want; to be called again and again by one thread. */
    void prepare() {
        spares.make(THREADS_AT_ONCE, pool.getPoolSize());
    }

    /** Takes no more flights, and waits so long for those on the wire; false when that was too short. */
    boolean end(Duration patience) throws InterruptedException {
        pool.shutdown();
        spares.end();
        return pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void launch(Flight flight) {
        try {
            pool.execute(() -> fly(flight));
        } catch (RejectedExecutionException e) {
            dispatcher.aborted(flight);
        } catch (RuntimeException | Error e) { // of whoever makes threads: the system may have none to give
            LOG.log(Level.ERROR, "attempt.without-thread delivery=" + flight.delivery.id() + " cause=" + e);
            dispatcher.aborted(flight);
        }
    }

    /** One attempt after the other, as long as the end of one lets another start: so it takes no other thread. */
    private void fly(Flight first) {
        Course course = new Course(first, this::land, dispatcher::aborted);
        try {
            webhook.fly(course);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "attempts.refused", e);
        } finally {
            course.abort();
        }
    }

    /** Returns what the same thread may do next: nothing once it is interrupted, it could not hand in that report either. */
    private Optional<Flight> land(Flight flight, AttemptReport report) {
        meters.attempt(report);
        if (!report.succeeded()) {
            dispatcher.failed(flight);
        }
        int own = hand(report) ? 1 : 0;
        List<Flight> starts = dispatcher.finished(flight, report.outcome());
        starts.stream().skip(own).forEach(this::launch);
        return starts.stream().limit(own).findFirst();
    }

    private boolean hand(AttemptReport report) {
        try {
            recorder.hand(report);
            return true;
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, "outcome.lost delivery=" + report.delivery().id() + " it is attempted again");
            releases.add(report.delivery().asClaim());
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
