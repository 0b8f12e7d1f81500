package io.decnet.webhook.admin;

import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.tally.Tallies;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The open pages that are told when something changes: a subscription or its circuit on any node, within the moment this
 * node learns of it, and what this node delivers, every two seconds. Safe for any thread.
 */
@ApplicationScoped
public class Channels {
    private static final System.Logger LOG = System.getLogger(Channels.class.getName());
    /** Each is a connection of the server; pages that get none ask every two seconds, as they did before. */
    static final int MOST = 256;
    /** So one login cannot take them all. Those of pages just left are among them until a sign of life finds them gone. */
    static final int MOST_OF_A_SESSION = 32;
    /** Then the page comes again, and with it its login is looked at again. */
    static final Duration LIFE = Duration.ofMinutes(5);

    /** Between two messages: a page that is told asks for all it shows. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 8;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Inject
    Tallies tallies;

    @Inject
    Clock clock;

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean inALook = new AtomicBoolean();
    private volatile Instant toldAt = Instant.MIN;

    @SuppressWarnings("NullAway.Init")
    private Future<?> looking;

    private long counted;
    private int looks;

    @PostConstruct
    void begin() {
        looking = scheduler.scheduleWithFixedDelay(
                () -> handOver(this::look), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        looking.cancel(false);
        open.forEach(Channel::end);
    }

    /** Keeps the request open; false when there are too many. */
    boolean open(HttpServletRequest request) throws IOException {
        String session = request.getSession().getId();
        Channel channel;
        synchronized (open) {
            if (open.size() >= MOST || countOf(session) >= MOST_OF_A_SESSION) {
                return false;
            }
            var async = request.startAsync();
            async.setTimeout(LIFE.toMillis());
            channel = new Channel(async, session, open::remove);
            open.add(channel);
        }
        channel.begin();
        return true;
    }

    private long countOf(String session) {
        return open.stream().filter(channel -> channel.isOf(session)).count();
    }

    /** Those of a session that is over. */
    void close(String session) {
        open.stream().filter(channel -> channel.isOf(session)).forEach(Channel::end);
    }

    /** Called in the midst of other people's work: here nothing is written yet. */
    void swapped(@Observes IndexSwapped swap) {
        if (swap.before().seq() != swap.after().seq() && !open.isEmpty() && due.compareAndSet(false, true)) {
            Duration wait = untilNext(toldAt, clock.instant());
            if (wait.isZero()) {
                handOver(this::tell);
            } else {
                later(wait);
            }
        }
    }

    /** How long to wait with the next message, of whatever happens meanwhile. */
    static Duration untilNext(Instant toldAt, Instant now) {
        boolean justNow = toldAt.isAfter(now.minus(PAUSE)) && !toldAt.isAfter(now);
        return justNow ? Duration.between(now, toldAt).plus(PAUSE) : Duration.ZERO;
    }

    private void later(Duration wait) {
        try {
            Future<?> unused = scheduler.schedule(() -> handOver(this::tell), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "channels.late it is told at the next look");
        }
    }

    /** The scheduler has one thread, which has the deadlines of attempts to keep: the work is done on another. */
    private void handOver(Runnable work) {
        try {
            executor.execute(() -> edge(work));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "channels.late all threads are busy; they are told at the next look");
        }
    }

    private static void edge(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "channels.failed", e);
        }
    }

    private void tell() {
        // In this order: what happens from here on is told once more.
        toldAt = clock.instant();
        due.set(false);
        open.forEach(Channel::changed);
    }

    private void look() {
        if (inALook.compareAndSet(false, true)) {
            try {
                lookOnce();
            } finally {
                inALook.set(false);
            }
        }
    }

    private void lookOnce() {
        long now = tallies.counted();
        if (due.get() || now != counted) {
            tell();
        } else if (++looks % LOOKS_BETWEEN_SIGNS_OF_LIFE == 0) {
            open.forEach(Channel::alive);
        }
        counted = now;
    }
}
