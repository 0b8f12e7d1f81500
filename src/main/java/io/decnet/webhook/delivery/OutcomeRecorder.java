package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitChange;
import io.decnet.webhook.breaker.Transition;
import io.decnet.webhook.subscription.Circuits;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The transaction of a batch of outcomes: delivery states, attempts and circuits. Circuits are touched in id order, and
 * before the deliveries, as every change by an operator does; only those whose count moves are locked. An outcome whose
 * claim is gone (another took the delivery over, an operator discarded it) changes nothing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OutcomeRecorder {
    private static final Duration SUCCESS_SHOWN_EVERY = Duration.ofSeconds(1);

    @Inject
    DeliveryStore store;

    @Inject
    Circuits circuits;

    /**
     * @param recorded the reports whose claim still held
     * @param circuitsChanged whether a circuit tripped
     */
    public record Recorded(List<AttemptReport> recorded, boolean circuitsChanged) {}

    /** @param successShown when {@code last_success_at} of a subscription was last written; kept by the caller */
    public Recorded record(List<AttemptReport> batch, Map<UUID, Instant> successShown) {
        SortedMap<UUID, List<AttemptReport>> bySubscription = new TreeMap<>();
        batch.forEach(report -> bySubscription
                .computeIfAbsent(report.subscription(), id -> new ArrayList<>())
                .add(report));
        Map<UUID, CircuitBreaker> locked = new HashMap<>();
        bySubscription.forEach((id, reports) -> {
            if (reports.stream().anyMatch(AttemptReport::concernsCircuit)) {
                locked.putAll(circuits.lock(List.of(id)));
            } else {
                succeed(id, reports, successShown);
            }
        });
        List<AttemptReport> recorded = recordDeliveries(batch);
        boolean changed = false;
        for (Map.Entry<UUID, CircuitBreaker> circuit : new TreeMap<>(locked).entrySet()) {
            List<AttemptReport> reports = recorded.stream()
                    .filter(report -> report.subscription().equals(circuit.getKey()))
                    .toList();
            changed |= apply(circuit.getKey(), circuit.getValue(), reports);
        }
        return new Recorded(recorded, changed);
    }

    private void succeed(UUID id, Collection<AttemptReport> reports, Map<UUID, Instant> successShown) {
        reports.stream().filter(AttemptReport::succeeded).reduce((a, b) -> b).ifPresent(last -> {
            Instant shown = successShown.getOrDefault(id, Instant.MIN);
            if (circuits.resetFailures(id, last.epoch(), last.finishedAt())) {
                successShown.put(id, last.finishedAt());
            } else if (shown.isBefore(last.finishedAt().minus(SUCCESS_SHOWN_EVERY))) {
                circuits.touchSuccess(id, last.epoch(), last.finishedAt());
                successShown.put(id, last.finishedAt());
            }
        });
    }

    private List<AttemptReport> recordDeliveries(List<AttemptReport> batch) {
        boolean[] held = store.finish(batch);
        List<AttemptReport> recorded = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (held[i]) {
                recorded.add(batch.get(i));
            }
        }
        if (!recorded.isEmpty()) {
            store.insertAttempts(recorded);
        }
        return recorded;
    }

    /** Takes the circuit through the outcomes one by one; returns whether its state changed. */
    private boolean apply(UUID id, CircuitBreaker before, List<AttemptReport> reports) {
        CircuitBreaker circuit = before;
        Optional<CircuitChange.Kind> change = Optional.empty();
        for (AttemptReport report : reports) {
            Transition step = step(circuit, report);
            circuit = step.circuit();
            change = change.or(step::change);
        }
        Transition all = new Transition(before, circuit, change);
        if (all.moved()) {
            circuits.save(id, all);
        }
        return change.isPresent();
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
