package io.decnet.webhook.egress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How an attempt ended. */
public sealed interface SendResult {
    Instant startedAt();

    Duration took();

    /** The IP address it went to, when it came that far. */
    Optional<String> address();

    /**
     * The receiver answered in time.
     *
     * @param excerpt at most the first KiB of the body, as it came
     */
    record Answered(
            int status,
            Optional<String> retryAfterHeader,
            byte[] excerpt,
            Instant startedAt,
            Duration took,
            Optional<String> address)
            implements SendResult {}

    /** There is no answer to go by; {@code error} is one line for people. */
    record NotAnswered(Failure kind, String error, Instant startedAt, Duration took, Optional<String> address)
            implements SendResult {}

    /** Why there is no answer. */
    enum Failure {
        /** The deadline passed, in whatever phase. */
        TIMEOUT,
        /** No such name, no connection, a bad certificate, a broken answer. */
        NETWORK,
        /** The destination is forbidden or the URL is not one: trying again cannot help. */
        REFUSED
    }
}
