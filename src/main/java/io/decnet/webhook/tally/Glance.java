package io.decnet.webhook.tally;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A look that is dear, taken at most every two seconds however many ask: one looks, the others get what was seen last. When a look
 * fails, what was seen before stays. Safe for any thread.
 */
public final class Glance<T> {
    private static final System.Logger LOG = System.getLogger(Glance.class.getName());
    private static final Duration STANDS_FOR = Duration.ofSeconds(2);
    /** So long one waits for a look that another takes, when what was seen last is out of date. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<T> look;
    private final ReentrantLock looking = new ReentrantLock();
    private final AtomicLong drops = new AtomicLong();
    private volatile Seen<T> seen;

    private record Seen<T>(T answer, boolean failed, long drops, Instant at) {
        /** A clock that was set back makes it out of date as well. */
        private boolean stands(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(STANDS_FOR));
        }
    }

    /** @param blank what is seen before the first look */
    public Glance(T blank, Supplier<T> look) {
        this.look = look;
        this.seen = new Seen<>(blank, false, -1, Instant.EPOCH);
    }

    public T get(Clock clock) {
        if (!stands(clock) && mayLook()) {
            try {
                if (!stands(clock)) {
                    lookAgain(clock);
                }
            } finally {
                looking.unlock();
            }
        }
        return seen.answer();
    }

    /** Whether the last look failed, so that the answer is an old one. */
    public boolean isOld() {
        return seen.failed();
    }

    /** Something has changed: what was seen stands no longer, nor what a look sees that has begun before. */
    public void drop() {
        drops.incrementAndGet();
    }

    private boolean isOfNow() {
        return seen.drops() == drops.get();
    }

    private boolean stands(Clock clock) {
        return isOfNow() && seen.stands(clock.instant());
    }

    private boolean mayLook() {
        try {
            return looking.tryLock(isOfNow() ? 0 : PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void lookAgain(Clock clock) {
        long before = drops.get();
        T answer = seen.answer();
        boolean failed = false;
        try {
            answer = look.get();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "glance.failed cause=" + (e.getCause() == null ? e : e.getCause()));
            failed = true;
        }
        // Measured from here: a slow look would else be out of date as soon as it is there.
        seen = new Seen<>(answer, failed, before, clock.instant());
    }
}
