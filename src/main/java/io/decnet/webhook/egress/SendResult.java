package io.decnet.webhook.egress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of one POST. */
public sealed interface SendResult {
    /** When the request began. */
    Instant startedAt();

    /** From there to the end of the answer, or of our patience. */
    Duration took();

    /** The IP address that was connected to; empty when there was no connection. */
    Optional<String> address();

    /** Why there was no answer. */
    enum Failure {
        TIMEOUT,
        NETWORK,
        /** The destination is forbidden. */
        REFUSED
    }

    /**
     * The receiver answered, with any status.
     *
     * @param excerpt the first 1 KiB of the body
     */
    record Answered(
            int status,
            Optional<String> retryAfterHeader,
            byte[] excerpt,
            Instant startedAt,
            Duration took,
            Optional<String> address)
            implements SendResult {}

    /** It did not. */
    record NotAnswered(Failure kind, String error, Instant startedAt, Duration took, Optional<String> address)
            implements SendResult {}
}
