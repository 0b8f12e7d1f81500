package io.decnet.webhook.breaker;

import java.util.Optional;
import java.util.UUID;

/**
 * What became of a circuit.
 *
 * @param before the circuit that was asked
 * @param circuit the circuit now, to be stored when it differs
 * @param change how the state changed; empty when it did not, though counts and times may have moved
 */
public record Transition(CircuitBreaker before, CircuitBreaker circuit, Optional<CircuitChange.Kind> change) {

    /** Whether there is anything to store. */
    public boolean moved() {
        return !before.equals(circuit);
    }

    /** The change of state, if any, as the event to fire for a subscription. */
    public Optional<CircuitChange> announcement(UUID subscription, String name) {
        return change.map(kind -> {
            var told = kind == CircuitChange.Kind.RECOVERED ? before : circuit;
            return new CircuitChange(
                    subscription,
                    name,
                    kind,
                    circuit.epoch(),
                    told.consecutiveFailures(),
                    told.lastError(),
                    circuit.changedAt());
        });
    }
}
