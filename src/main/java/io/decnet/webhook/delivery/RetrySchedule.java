package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The delays between the attempts of a delivery. {@code 1s,2s,4s} makes four attempts: the first at once, the others after about one, two and four
 * seconds; an empty schedule makes one.
 */
public record RetrySchedule(List<Duration> delays) {
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);
    private static final double JITTER = 0.2;

    /** @throws IllegalArgumentException with the reason, for more than 20 delays or one that is not from 1ms to 7d */
    public RetrySchedule {
        Durations.requireSchedule(delays);
        delays = List.copyOf(delays);
    }

    /**
     * Reads delays with commas; blank text is the empty schedule.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static RetrySchedule parse(String text) {
        return new RetrySchedule(Durations.parseSchedule(text));
    }

    /** The schedule as {@link #parse} reads it. */
    public String text() {
        return Durations.formatSchedule(delays);
    }

    /**
     * How long to wait for the next attempt.
     *
     * @param failedAttempts attempts that failed since the delivery was opened, at least 1
     * @param jitter a random number from 0 to 1, which moves the delay from 20 % below to 20 % above
     * @param retryAfter what the receiver asked for; up to one hour of it replaces a shorter delay
     * @return empty when the schedule is exhausted and the delivery has failed
     */
    public Optional<Duration> delayAfter(int failedAttempts, double jitter, Optional<Duration> retryAfter) {
        if (failedAttempts > delays.size()) {
            return Optional.empty();
        }
        var planned = spread(delays.get(failedAttempts - 1), jitter);
        return Optional.of(retryAfter
                .map(RetrySchedule::capped)
                .filter(asked -> asked.compareTo(planned) > 0)
                .orElse(planned));
    }

    private static Duration spread(Duration delay, double jitter) {
        return Duration.ofNanos(Math.round(delay.toNanos() * (1 - JITTER + 2 * JITTER * jitter)));
    }

    private static Duration capped(Duration asked) {
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }
}
