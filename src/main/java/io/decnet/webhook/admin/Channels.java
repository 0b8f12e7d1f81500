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
import java.time.Duration;
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
    /** Then the page comes again, and with it its login is looked at again. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 8;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Inject
    Tallies tallies;

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private Future<?> looking;

    private long counted;
    private int looks;

    @PostConstruct
    void begin() {
        looking = scheduler.scheduleWithFixedDelay(
                this::lookAgain, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        looking.cancel(false);
        open.forEach(Channel::end);
    }

    /** Keeps the request open; false when there are too many. */
    boolean open(HttpServletRequest request) throws IOException {
        if (open.size() >= MOST) {
            return false;
        }
        var async = request.startAsync();
        async.setTimeout(LIFE.toMillis());
        var channel = new Channel(async, request.getSession().getId(), open::remove);
        open.add(channel);
        channel.begin();
        return true;
    }

    /** Those of a session that is over. */
    void close(String session) {
        open.stream().filter(channel -> channel.isOf(session)).forEach(Channel::end);
    }

    /** Called in the midst of other people's work: here nothing is written yet. */
    void swapped(@Observes IndexSwapped swap) {
        if (swap.before().seq() != swap.after().seq() && !open.isEmpty() && due.compareAndSet(false, true)) {
            try {
                executor.execute(this::tell);
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "channels.late all threads are busy; they are told at the next look");
            }
        }
    }

    private void tell() {
        due.set(false);
        open.forEach(Channel::changed);
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            // Thrown on, it would be the last look.
            LOG.log(Level.WARNING, "channels.failed", e);
        }
    }

    private void look() {
        long now = tallies.counted();
        if (due.get() || now != counted) {
            tell();
        } else if (++looks % LOOKS_BETWEEN_SIGNS_OF_LIFE == 0) {
            open.forEach(Channel::alive);
        }
        counted = now;
    }
}
