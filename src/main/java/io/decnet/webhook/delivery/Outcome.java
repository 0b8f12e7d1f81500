package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an attempt decided for its delivery. */
public sealed interface Outcome {
    int GONE = 410;
    int TOO_MANY_REQUESTS = 429;

    record Delivered() implements Outcome {}

    record Retrying(String error, Instant at) implements Outcome {}

    /** @param gone the receiver answered 410: it wants no more, the circuit trips at once */
    record Failed(String error, boolean gone) implements Outcome {}

    /**
     * @param tries attempts since the delivery was opened, this one included
     * @param jitter 0 to 1
     */
    static Outcome of(SendResult result, int tries, RetrySchedule schedule, double jitter, Instant now) {
        String error = error(result);
        if (isSuccess(result)) {
            return new Delivered();
        }
        if (!isRetryable(result)) {
            return new Failed(error, status(result).filter(s -> s == GONE).isPresent());
        }
        Optional<Duration> asked = result instanceof SendResult.Answered answered
                ? answered.retryAfterHeader().flatMap(text -> RetryAfter.parse(text, now))
                : Optional.empty();
        return schedule.delayAfter(tries, jitter, asked)
                .<Outcome>map(delay -> new Retrying(error, now.plus(delay)))
                .orElseGet(() -> new Failed(error, false));
    }

    private static boolean isSuccess(SendResult result) {
        return status(result).filter(s -> s >= 200 && s < 300).isPresent();
    }

    private static boolean isRetryable(SendResult result) {
        if (result instanceof SendResult.NotAnswered silent) {
            return silent.kind() != SendResult.Failure.REFUSED;
        }
        int status = status(result).orElse(0);
        return status == TOO_MANY_REQUESTS || status >= 500;
    }

    static Optional<Integer> status(SendResult result) {
        return result instanceof SendResult.Answered answered ? Optional.of(answered.status()) : Optional.empty();
    }

    static String error(SendResult result) {
        return result instanceof SendResult.NotAnswered silent
                ? silent.error()
                : "HTTP " + ((SendResult.Answered) result).status();
    }
}
