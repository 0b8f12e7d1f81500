package io.decnet.webhook.breaker;

import java.time.Instant;
import java.util.Optional;

/** Circuits to begin a test with: in epoch 7, with three failures in a row. */
final class Given {
    static final long EPOCH = 7;
    static final int FAILURES = 3;
    static final Instant BEGAN = Instant.parse("2026-04-24T20:00:00Z");
    static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");

    private Given() {}

    static CircuitBreaker in(CircuitState state) {
        return new CircuitBreaker(
                state,
                FAILURES,
                EPOCH,
                BEGAN,
                Optional.of(BEGAN).filter(at -> state == CircuitState.TRIPPED),
                Optional.of(BEGAN.minusSeconds(60)),
                Optional.of(BEGAN.plusSeconds(60)),
                Optional.of("HTTP 500"));
    }
}
