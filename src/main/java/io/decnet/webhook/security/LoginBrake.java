package io.decnet.webhook.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing: after five failed logins in a row a name has to wait, one second at first, twice as long after each further failure, five
 * minutes at most. Whether the name exists makes no difference. Remembers a bounded number of names: those that wait, and
 * of the others those that failed last. Safe for any thread.
 */
final class LoginBrake {
    static final int FREE_FAILURES = 5;
    static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int NAMES = 10_000;
    private static final int MOST_DOUBLINGS = 9;

    private final Clock clock;
    private final Map<String, Failures> failed = new LinkedHashMap<>();

    LoginBrake(Clock clock) {
        this.clock = clock;
    }

    /** How long the name has to wait before its next try, or empty when it may try now. */
    synchronized Optional<Duration> pauseOf(String name) {
        return Optional.ofNullable(failed.get(name))
                .map(failures -> Duration.between(clock.instant(), failures.blockedUntil()))
                .filter(rest -> !rest.isNegative() && !rest.isZero());
    }

    synchronized void failed(String name) {
        var count = Optional.ofNullable(failed.get(name)).map(Failures::count).orElse(0) + 1;
        failed.remove(name); // to be the youngest
        failed.put(name, new Failures(count, clock.instant().plus(pause(count))));
        if (failed.size() > NAMES) {
            forgetOne();
        }
    }

    /**
     * The one that has been free to try for longest, so that a flood of made-up names frees nobody from waiting. Not by how often they failed:
     * many that failed twice would have each other name begin anew each time.
     */
    private void forgetOne() {
        failed.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().blockedUntil()))
                .map(Map.Entry::getKey)
                .ifPresent(failed::remove);
    }

    synchronized int size() {
        return failed.size();
    }

    synchronized void succeeded(String name) {
        failed.remove(name);
    }

    private static Duration pause(int failures) {
        if (failures < FREE_FAILURES) {
            return Duration.ZERO;
        }
        var pause = Duration.ofSeconds(1L << Math.min(failures - FREE_FAILURES, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    private record Failures(int count, Instant blockedUntil) {}
}
