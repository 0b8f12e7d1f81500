package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitChange;
import io.decnet.webhook.breaker.Transition;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The one writer of circuit rows, always in the caller's transaction. Order of locks: circuits by id, the
 * subscriptions an alarm goes to (shared, by the foreign key PostgreSQL has), then the row of the change sequence.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Circuits {
    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    ChangeSequence changes;

    @Inject
    Event<CircuitChange> circuitChanged;

    /** Locks the circuits in id order and returns them; those of deleted subscriptions are left out. */
    public SortedMap<UUID, CircuitBreaker> lock(Collection<UUID> ids) {
        SortedMap<UUID, CircuitBreaker> locked = new TreeMap<>();
        for (UUID id : new TreeSet<>(ids)) {
            Circuit circuit = entities.find(Circuit.class, id, LockModeType.PESSIMISTIC_WRITE);
            if (circuit != null) {
                locked.put(id, circuit.breaker());
            }
        }
        return locked;
    }

    /** Which of these have failures in a row now; nothing is locked. */
    public Set<UUID> withFailures(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(entities.createQuery(
                        "SELECT c.subscriptionId FROM Circuit c WHERE c.subscriptionId IN :ids"
                                + " AND c.consecutiveFailures <> 0",
                        UUID.class)
                .setParameter("ids", ids)
                .getResultList());
    }

    /** Writes a circuit locked before; see {@link #save(SortedMap)}. */
    public void save(UUID id, Transition transition) {
        save(new TreeMap<>(Map.of(id, transition)));
    }

    /**
     * Writes circuits locked before. Changes of state are announced, which may store events for other subscriptions, and
     * only then numbered: who holds the row of the change sequence waits for nobody.
     */
    public void save(SortedMap<UUID, Transition> transitions) {
        SortedMap<UUID, Transition> changed = new TreeMap<>();
        transitions.forEach((id, transition) -> {
            if (transition.moved()) {
                entities.find(Circuit.class, id).remember(transition.circuit());
                transition.change().ifPresent(kind -> changed.put(id, transition));
            }
        });
        changed.forEach(
                (id, transition) -> transition.announcement(id, name(id)).ifPresent(circuitChanged::fire));
        changed.keySet().forEach(changes::raise);
    }

    private String name(UUID id) {
        return entities.createQuery("SELECT s.name FROM Subscription s WHERE s.id = :id", String.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    /** A delivery succeeded and there were no failures to forget. */
    public void touchSuccess(UUID id, long epoch, Instant at) {
        entities.createQuery("UPDATE Circuit c SET c.lastSuccessAt = :at WHERE c.subscriptionId = :id"
                        + " AND c.epoch = :epoch AND c.state = 'active'"
                        + " AND (c.lastSuccessAt IS NULL OR c.lastSuccessAt < :at)")
                .setParameter("at", at)
                .setParameter("id", id)
                .setParameter("epoch", epoch)
                .executeUpdate();
    }
}
