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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The one writer of circuit rows, always in the caller's transaction. Order of locks: circuits by id, then the row of
 * the change sequence.
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

    /** Writes a circuit locked before; a change of state is numbered and announced. */
    public void save(UUID id, Transition transition) {
        if (!transition.moved()) {
            return;
        }
        entities.find(Circuit.class, id).remember(transition.circuit());
        if (transition.change().isPresent()) {
            changes.raise(id);
            String name = entities.createQuery("SELECT s.name FROM Subscription s WHERE s.id = :id", String.class)
                    .setParameter("id", id)
                    .getSingleResult();
            transition.announcement(id, name).ifPresent(circuitChanged::fire);
        }
    }

    /** A delivery succeeded: forgets the failures in a row, if there are any; returns whether there were. */
    public boolean resetFailures(UUID id, long epoch, Instant at) {
        return entities.createQuery("UPDATE Circuit c SET c.consecutiveFailures = 0, c.lastError = NULL,"
                                + " c.lastSuccessAt = :at WHERE c.subscriptionId = :id AND c.epoch = :epoch"
                                + " AND c.state = 'active' AND c.consecutiveFailures <> 0")
                        .setParameter("at", at)
                        .setParameter("id", id)
                        .setParameter("epoch", epoch)
                        .executeUpdate()
                > 0;
    }

    /** A delivery succeeded and there is nothing to forget. */
    public void touchSuccess(UUID id, long epoch, Instant at) {
        entities.createQuery("UPDATE Circuit c SET c.lastSuccessAt = :at WHERE c.subscriptionId = :id"
                        + " AND c.epoch = :epoch AND c.state = 'active'")
                .setParameter("at", at)
                .setParameter("id", id)
                .setParameter("epoch", epoch)
                .executeUpdate();
    }
}
