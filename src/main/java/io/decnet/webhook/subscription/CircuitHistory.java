package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitChange;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps what became of circuits: each change of state in the transaction of the change. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class CircuitHistory {
    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    Caller caller;

    @Inject
    Ids ids;

    /** Part of the transaction of the change. */
    public void changed(@Observes CircuitChange change) {
        entities.persist(new CircuitHistoryEntry(ids.next(), change, operator(change)));
    }

    private Optional<String> operator(CircuitChange change) {
        if (change.kind() == CircuitChange.Kind.TRIPPED) {
            return Optional.empty();
        }
        try {
            return Optional.of(caller.getName()).filter(name -> !name.isEmpty());
        } catch (ContextNotActiveException | IllegalStateException e) {
            // Not a request's thread: the program itself.
            return Optional.empty();
        }
    }

    /** The last change of each of these circuits until then. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Map<UUID, CircuitMoment> last(Collection<UUID> subscriptions, Instant until) {
        if (subscriptions.isEmpty()) {
            return Map.of();
        }
        Map<UUID, CircuitMoment> last = new HashMap<>();
        entities.createQuery(
                        "SELECT h FROM CircuitHistoryEntry h WHERE h.subscriptionId IN :ids AND h.at = (SELECT MAX(o.at)"
                                + " FROM CircuitHistoryEntry o WHERE o.subscriptionId = h.subscriptionId AND o.at <= :until)",
                        CircuitHistoryEntry.class)
                .setParameter("ids", subscriptions)
                .setParameter("until", until)
                .getResultStream()
                .forEach(entry -> last.put(entry.subscription(), entry.moment()));
        return last;
    }

    /** The newest changes of one circuit, newest first. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<CircuitMoment> of(UUID subscription, int limit) {
        return entities.createQuery(
                        "SELECT h FROM CircuitHistoryEntry h WHERE h.subscriptionId = :id ORDER BY h.id DESC",
                        CircuitHistoryEntry.class)
                .setParameter("id", subscription)
                .setMaxResults(limit)
                .getResultStream()
                .map(CircuitHistoryEntry::moment)
                .toList();
    }
}
