package io.decnet.webhook.security;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who did what, when and from where. A line is written in the transaction of the change it tells of: neither is there without the other. Whoever
 * changes something appends here, below the API and the pages, so that both pass.
 */
@Stateless
public class AuditLog {
    /** Anybody can fail to log in, so these lines are the ones that strangers write. */
    private static final Duration FAILURES_KEPT = Duration.ofDays(30);

    private static final int CHUNK = 500;

    @PersistenceContext(unitName = "decnet")
    private EntityManager entities;

    @Inject
    private Caller caller;

    @Inject
    private Ids ids;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    /** Appends what the caller of the request in hand does; outside of a request that is the program itself. */
    public void append(Deed deed) {
        append(actor(), deed);
    }

    /** Appends what somebody does who is not, or not yet, the caller of this request. */
    public void append(Actor actor, Deed deed) {
        entities.persist(new AuditEntry(ids.next(), clock.instant().truncatedTo(ChronoUnit.MICROS), actor, deed));
    }

    /** Removes a chunk of lines whose time is over; returns how many went. */
    public int removeOld() {
        var now = clock.instant();
        var kept = settings.retentionAudit();
        var failuresKept = kept.compareTo(FAILURES_KEPT) < 0 ? kept : FAILURES_KEPT;
        return remove("e.at <= :before", now.minus(kept))
                + remove("e.what = '" + FailedLogins.WHAT + "' AND e.at <= :before", now.minus(failuresKept));
    }

    private int remove(String which, Instant before) {
        var chunk = entities.createQuery("SELECT e.id FROM AuditEntry e WHERE " + which + " ORDER BY e.at", UUID.class)
                .setParameter("before", before)
                .setMaxResults(CHUNK)
                .getResultList();
        return chunk.isEmpty()
                ? 0
                : entities.createQuery("DELETE FROM AuditEntry e WHERE e.id IN :chunk")
                        .setParameter("chunk", chunk)
                        .executeUpdate();
    }

    /** Newest first, those older than the line {@code before}. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public AuditPage page(AuditFilter filter, Optional<UUID> before, int limit) {
        List<AuditView> found = query(filter, before)
                .setMaxResults(limit + 1)
                .getResultStream()
                .map(AuditEntry::view)
                .toList();
        return found.size() <= limit
                ? new AuditPage(found, Optional.empty())
                : new AuditPage(
                        List.copyOf(found.subList(0, limit)),
                        Optional.of(found.get(limit - 1).id()));
    }

    private TypedQuery<AuditEntry> query(AuditFilter filter, Optional<UUID> before) {
        var conditions = new ArrayList<String>();
        before.ifPresent(id -> conditions.add("e.id < :before"));
        filter.who().ifPresent(who -> conditions.add("e.who = :who"));
        filter.what().ifPresent(what -> conditions.add("(e.what = :what OR LOCATE(:family, e.what) = 1)"));
        filter.subject().ifPresent(subject -> conditions.add("e.subject = :subject"));
        filter.since().ifPresent(since -> conditions.add("e.at >= :since"));
        filter.until().ifPresent(until -> conditions.add("e.at < :until"));
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        var query =
                entities.createQuery("SELECT e FROM AuditEntry e" + where + " ORDER BY e.id DESC", AuditEntry.class);
        before.ifPresent(id -> query.setParameter("before", id));
        filter.who().ifPresent(who -> query.setParameter("who", who));
        filter.what().ifPresent(what -> query.setParameter("what", what).setParameter("family", what + "."));
        filter.subject().ifPresent(subject -> query.setParameter("subject", subject));
        filter.since().ifPresent(since -> query.setParameter("since", since));
        filter.until().ifPresent(until -> query.setParameter("until", until));
        return query;
    }

    private Actor actor() {
        try {
            return caller.actor();
        } catch (ContextNotActiveException | IllegalStateException e) {
            // No request, or one without HTTP, such as a message's.
            return Actor.SYSTEM;
        }
    }
}
