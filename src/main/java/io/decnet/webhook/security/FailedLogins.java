package io.decnet.webhook.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Which failed logins are written down. Anybody can fail as often as passwords can be checked, so after a hundred at once only one each ten seconds
 * is, and tells how many were not: about 9,000 lines a day at the most, on each node. Safe for any thread.
 */
final class FailedLogins {
    static final String WHAT = "login.failed";
    static final int AT_ONCE = 100;
    static final Duration ONE_EACH = Duration.ofSeconds(10);

    private final Clock clock;
    private Instant fullAt;
    private int others;

    FailedLogins(Clock clock) {
        this.clock = clock;
        fullAt = clock.instant();
    }

    /** Counts one more; when it is to be written down, how many others were not since the last that was. */
    synchronized OptionalInt one() {
        var now = clock.instant();
        var from = fullAt.isAfter(now) ? fullAt : now;
        if (from.isAfter(now.plus(ONE_EACH.multipliedBy(AT_ONCE - 1L)))) {
            others++;
            return OptionalInt.empty();
        }
        fullAt = from.plus(ONE_EACH);
        var untold = others;
        others = 0;
        return OptionalInt.of(untold);
    }
}
