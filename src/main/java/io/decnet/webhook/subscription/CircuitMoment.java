package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitChange;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of a circuit's state, as the page tells it.
 *
 * @param who the operator; empty for a trip
 * @param failures in a row, before the change cleared them
 */
public record CircuitMoment(
        Instant at, CircuitChange.Kind kind, Optional<String> who, int failures, Optional<String> lastError) {}
