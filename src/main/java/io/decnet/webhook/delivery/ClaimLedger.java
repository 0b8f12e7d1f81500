package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The claims this life of the node has in hand, from before the row says so until after it no longer does. When a
 * commit fails nobody knows whether it took place: rows may then be claimed that memory has forgotten. For a while
 * after such a doubt the table is searched for claims that are not in hand, and they are given back.
 */
@ApplicationScoped
public class ClaimLedger {
    /** Longer than the database and its driver may argue about a transaction that broke off. */
    private static final Duration DOUBT_LASTS = Duration.ofMinutes(2);

    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Integer> inHand = new ConcurrentHashMap<>();
    /** By {@link System#nanoTime}: a clock that is set ahead must not end the doubt. */
    private volatile long doubtUntil = System.nanoTime();

    /** A new claim, for at most so many deliveries. */
    long take(int deliveries) {
        long claim = last.incrementAndGet();
        inHand.put(claim, deliveries);
        return claim;
    }

    /** So many deliveries under this claim are ended, given back, or were never found. */
    void settle(long claim, int deliveries) {
        inHand.computeIfPresent(claim, (same, left) -> left > deliveries ? left - deliveries : null);
    }

    boolean isInHand(long claim) {
        return inHand.containsKey(claim);
    }

    /** A transaction that claims or settles has failed, perhaps after its commit. */
    void doubt() {
        doubtUntil = System.nanoTime() + DOUBT_LASTS.toNanos();
    }

    boolean isInDoubt() {
        return doubtUntil - System.nanoTime() > 0;
    }
}
