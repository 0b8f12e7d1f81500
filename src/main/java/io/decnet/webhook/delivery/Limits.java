package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.Deed;
import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.subscription.Circuits;
import io.decnet.webhook.subscription.HeldDiscard;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Discards what has waited too long or is too much to be held. Short transactions, a chunk each: callers repeat them
 * until they return 0. What is due is found by index. A circuit's row is locked while its deliveries are discarded, so
 * none goes once an operator has enabled it; claimed deliveries are left alone until they come back.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Limits {
    private static final int CHUNK = 2000;
    private static final String DISCARD =
            "UPDATE delivery SET stage = 12, since = ?, finished_at = ?, claimed_by = NULL, claim = NULL WHERE ";
    private static final String WAITING = " FROM delivery WHERE subscription_id = ? AND stage " + Stage.WAITING;

    @Inject
    Sql sql;

    @Inject
    Circuits circuits;

    @Inject
    Settings settings;

    @Inject
    DeliveryMeters meters;

    @Inject
    AuditLog audit;

    @Inject
    DatabaseClock clock;

    /** The newest delivery that is too much, in the order of age. */
    public record Cutoff(UUID subscription, Instant since, UUID id) {}

    /** @param more whether another chunk was waiting behind this one */
    public record Discarded(int count, boolean more) {}

    /** A chunk of what is pending longer than any schedule may take. */
    public int discardAged() {
        Instant until = clock.instant().minus(settings.pendingMaxAge());
        String aged = "SELECT d.id FROM delivery d JOIN circuit c ON c.subscription_id = d.subscription_id"
                + " WHERE d.stage = ? AND d.since <= ? AND c.state = 'active' ORDER BY d.since LIMIT " + CHUNK;
        List<UUID> due = new ArrayList<>(sql.ids(aged, Stage.NEW.code(), until));
        due.addAll(sql.ids(aged, Stage.RETRY.code(), until));
        return discard(due);
    }

    /** Subscriptions whose circuit has been open for longer than anything is held, and that hold something as old. */
    public List<UUID> holdingTooLong() {
        Instant until = clock.instant().minus(settings.holdMaxAge());
        String waits = "EXISTS (SELECT 1 FROM delivery d WHERE d.subscription_id = c.subscription_id AND d.stage = ";
        return sql.ids(
                "SELECT c.subscription_id FROM circuit c WHERE c.state IN ('paused', 'tripped') AND c.changed_at <= ?"
                        + " AND (" + waits + "0 AND d.wake_at <= ?) OR " + waits + "1 AND d.since <= ?)) LIMIT "
                        + CHUNK,
                until,
                until,
                until);
    }

    /** A chunk of what this open circuit holds for too long: age counts from the later of creation and its opening. */
    public int discardHeldTooLong(UUID subscription) {
        Instant until = clock.instant().minus(settings.holdMaxAge());
        Optional<CircuitBreaker> open =
                lockedOpen(subscription).filter(c -> !c.changedAt().isAfter(until));
        if (open.isEmpty()) {
            return 0;
        }
        // A first attempt is due when its row is opened, so the index of due rows knows its age.
        String firsts = "SELECT id FROM delivery WHERE subscription_id = ? AND stage = 0 AND wake_at <= ?"
                + " ORDER BY wake_at, id LIMIT " + CHUNK;
        String retries =
                "SELECT id FROM delivery WHERE subscription_id = ? AND stage = 1 AND since <= ? LIMIT " + CHUNK;
        List<UUID> due = new ArrayList<>(sql.ids(firsts, subscription, until));
        due.addAll(sql.ids(retries, subscription, until));
        return discard(due);
    }

    /** Up to which delivery this subscription has more than may be held; empty when it has not. */
    public Optional<Cutoff> cutoff(UUID subscription) {
        int most = settings.holdMaxEvents();
        long waiting = sql.query("SELECT count(*)" + WAITING, row -> row.getLong(1), subscription)
                .get(0);
        if (waiting <= most) {
            return Optional.empty();
        }
        return sql
                .query(
                        "SELECT since, id" + WAITING + " ORDER BY since DESC, id DESC OFFSET " + most
                                + " ROWS FETCH FIRST 1 ROWS ONLY",
                        row -> new Cutoff(
                                subscription,
                                row.getObject(1, java.time.OffsetDateTime.class).toInstant(),
                                row.getObject(2, UUID.class)),
                        subscription)
                .stream()
                .findFirst();
    }

    /** A chunk of the deliveries up to that one, if the circuit is open. */
    public int discardUpTo(Cutoff cutoff) {
        if (lockedOpen(cutoff.subscription()).isEmpty()) {
            return 0;
        }
        return discard(sql.ids(
                "SELECT id" + WAITING + " AND (since < ? OR since = ? AND id <= ?) LIMIT " + CHUNK,
                cutoff.subscription(),
                cutoff.since(),
                cutoff.since(),
                cutoff.id()));
    }

    /** A chunk of what this open circuit holds, the oldest first, because an operator does not want it. */
    public Discarded discardHeld(UUID subscription) {
        if (lockedOpen(subscription).isEmpty()) {
            return new Discarded(0, false);
        }
        int discarded = discard(sql.ids("SELECT id" + WAITING + " ORDER BY id LIMIT " + CHUNK, subscription));
        if (discarded > 0) {
            Map<String, String> what = Map.of("discarded", String.valueOf(discarded));
            audit.append(Deed.created("webhook.discard", subscription.toString(), "", what));
        }
        return new Discarded(discarded, discarded == CHUNK);
    }

    /** An operator enables a circuit but does not want what it held, also what is still on the wire. Part of the operator's transaction. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void discardHeld(@Observes HeldDiscard wish) {
        Instant now = clock.instant();
        String unfinished = "subscription_id = ? AND stage " + Stage.UNFINISHED;
        // In the order of outcomes, which lock the same rows.
        sql.ids("SELECT id FROM delivery WHERE " + unfinished + " ORDER BY id FOR UPDATE", wish.subscription());
        count(sql.update(DISCARD + unfinished, now, now, wish.subscription()));
    }

    private Optional<CircuitBreaker> lockedOpen(UUID subscription) {
        return circuits.lock(List.of(subscription)).values().stream()
                .filter(circuit -> circuit.state() != CircuitState.ACTIVE)
                .findFirst();
    }

    private int discard(Collection<UUID> due) {
        Instant now = clock.instant();
        int discarded = sql.updateEach(DISCARD + "stage IN (0, 1) AND id = ?", new TreeSet<>(due), now, now);
        count(discarded);
        return discarded;
    }

    private void count(int discarded) {
        if (discarded > 0) {
            meters.ended(Stage.DISCARDED, discarded);
        }
    }
}
