package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitChange;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.breaker.Transition;
import io.decnet.webhook.subscription.Circuits;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The transaction of a batch of outcomes: circuits, delivery states and attempts. Circuits are locked first and in id
 * order, as every change by an operator does, and only where an outcome may move a count: a failure that counts, or a
 * success after failures. An outcome whose claim is gone (another took the delivery over, an operator discarded it)
 * changes neither delivery nor circuit.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OutcomeRecorder {
    @Inject
    DeliveryStore store;

    @Inject
    Circuits circuits;

    @Inject
    DatabaseClock clock;

    /**
     * @param recorded the reports whose claim still held
     * @param circuitsOpen whether a circuit of theirs is open: by this, or by another node that this one may not have heard of
     */
    public record Recorded(List<AttemptReport> recorded, boolean circuitsOpen) {}

    public Recorded record(List<AttemptReport> batch) {
        SortedMap<UUID, CircuitBreaker> locked = circuits.lock(mayMove(batch));
        Set<DeliveryStore.AttemptKey> copied = new HashSet<>(store.keepLastAttempts(batch));
        List<AttemptReport> recorded = store.finish(batch);
        recorded.forEach(report -> copied.remove(DeliveryStore.lastAttempt(report.delivery())));
        if (!copied.isEmpty()) {
            store.takeBack(copied);
        }
        SortedMap<UUID, Transition> transitions = new TreeMap<>();
        Instant now = clock.instant();
        locked.forEach((id, before) -> transitions.put(id, apply(id, before, recorded, now)));
        circuits.save(transitions);
        boolean open = transitions.values().stream()
                .anyMatch(transition -> transition.circuit().state() != CircuitState.ACTIVE);
        return new Recorded(recorded, open);
    }

    /** Writes when these subscriptions last succeeded. */
    public void showSuccesses(Collection<AttemptReport> lastOfEach) {
        SortedMap<UUID, AttemptReport> ordered = new TreeMap<>(
                lastOfEach.stream().collect(Collectors.toMap(AttemptReport::subscription, Function.identity())));
        ordered.forEach((id, report) -> circuits.touchSuccess(id, report.epoch(), report.finishedAt()));
    }

    /** A failure that comes while we look is as if it came after our success: only counts there are already matter. */
    private Set<UUID> mayMove(List<AttemptReport> batch) {
        Set<UUID> counting = batch.stream()
                .filter(AttemptReport::concernsCircuit)
                .map(AttemptReport::subscription)
                .collect(Collectors.toSet());
        Set<UUID> succeeding = batch.stream()
                .filter(AttemptReport::succeeded)
                .map(AttemptReport::subscription)
                .collect(Collectors.toCollection(HashSet::new));
        succeeding.removeAll(counting);
        counting.addAll(circuits.withFailures(succeeding));
        return counting;
    }

    /** Takes the circuit through its outcomes one by one. It opens now, when others can learn of it, not when the attempt ended. */
    private static Transition apply(UUID id, CircuitBreaker before, List<AttemptReport> recorded, Instant now) {
        CircuitBreaker circuit = before;
        Optional<CircuitChange.Kind> change = Optional.empty();
        for (AttemptReport report : recorded) {
            if (report.subscription().equals(id)) {
                Transition step = step(circuit, report.succeeded() ? report : report.toldAt(now));
                circuit = step.circuit();
                change = change.or(step::change);
            }
        }
        return new Transition(before, circuit, change);
    }

    static Transition step(CircuitBreaker circuit, AttemptReport report) {
        if (report.succeeded()) {
            return circuit.success(report.epoch(), report.finishedAt());
        }
        if (report.isGone()) {
            return circuit.gone(report.epoch(), report.error(), report.finishedAt(), report.countedBefore());
        }
        if (report.concernsCircuit()) {
            return circuit.failure(report.epoch(), report.error(), report.finishedAt(), report.threshold());
        }
        return new Transition(circuit, circuit, Optional.empty());
    }
}
