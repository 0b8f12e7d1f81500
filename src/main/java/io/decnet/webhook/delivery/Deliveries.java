package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.subscription.Page;
import io.decnet.webhook.subscription.PassingFaults;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;

/** The log of deliveries: what REST, the page and the metrics ask, and replay. */
@Stateless
public class Deliveries {
    static final String COLUMNS = "SELECT d.id, d.subscription_id, e.event_id, e.topic, d.stage, d.attempts,"
            + " d.created_at, d.wake_at, d.finished_at, d.last_status, d.last_error, c.state";
    private static final String TABLES = " FROM delivery d JOIN event e ON e.id = d.event"
            + " JOIN circuit c ON c.subscription_id = d.subscription_id";

    @Inject
    Sql sql;

    @Inject
    LogSearch search;

    @Inject
    Backlogs backlogs;

    @Inject
    Replays replays;

    @Inject
    PassingFaults faults;

    @Inject
    DatabaseClock clock;

    @Inject
    Limits limits;

    /** What became of a wish to replay. */
    public enum Replay {
        REOPENED,
        /** It is pending or held, or its circuit is open. */
        NOT_NOW,
        NO_SUCH_DELIVERY
    }

    /** Newest first; a page may be short, even empty, though there is a next one. */
    public Page<DeliveryView> page(UUID subscription, DeliveryQuery query) {
        return search.page(subscription, query);
    }

    /** One delivery with its attempts and its event. */
    public Optional<DeliveryDetail> find(UUID id) {
        List<AttemptView> attempts = sql.query(
                "SELECT number, at, duration_ms, status_code, error, address, response_excerpt FROM attempt"
                        + " WHERE delivery_id = ? UNION ALL SELECT attempts, last_at, last_duration_ms, last_status,"
                        + " last_error, last_address, last_excerpt FROM delivery d WHERE id = ? AND last_at IS NOT NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND a.number = d.attempts)"
                        + " ORDER BY 1",
                Deliveries::attempt,
                id,
                id);
        String select = COLUMNS + ", e.body" + TABLES + " JOIN subscription s ON s.id = d.subscription_id"
                + " WHERE d.id = ? AND s.deleted_at IS NULL";
        return sql.query(select, row -> new DeliveryDetail(view(row), attempts, row.getBytes(13)), id).stream()
                .findFirst();
    }

    /** What became of one event at each subscription that got a delivery of it. */
    public List<DeliveryView> ofEvent(UUID event) {
        return sql.query(COLUMNS + TABLES + " WHERE d.event = ? ORDER BY d.id", Deliveries::view, event);
    }

    /** Those of these deliveries that are of the subscription, newest first. */
    public List<DeliveryView> of(UUID subscription, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(List.of(subscription));
        values.addAll(ids);
        String among = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return sql.query(
                COLUMNS + TABLES + " WHERE d.subscription_id = ? AND d.id IN (" + among + ") ORDER BY d.id DESC",
                Deliveries::view,
                values.toArray());
    }

    /** Pending, held and failed of all subscriptions; at most two seconds old. */
    public Backlog backlog() {
        return backlogs().values().stream()
                .reduce(
                        Backlog.NONE,
                        (a, b) -> new Backlog(a.pending() + b.pending(), a.held() + b.held(), a.failed() + b.failed()));
    }

    /** The backlog of each subscription that has one; at most two seconds old. */
    public Map<UUID, Backlog> backlogs() {
        return backlogs.ofAll();
    }

    /** The backlog of each of these subscriptions that has one; exact but for large ones, which are at most two seconds old. */
    public Map<UUID, Backlog> backlogs(Collection<UUID> subscriptions) {
        return backlogs.of(subscriptions);
    }

    /** Unfinished deliveries that nothing would wake, by the law of {@link Stuck}. Always 0 but for moments. */
    public long stuck() {
        return sql.query(Stuck.COUNT, row -> row.getLong(1)).get(0);
    }

    /** Re-opens a finished delivery: its schedule starts again, its attempt numbers go on. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Replay replay(UUID id) {
        Optional<DeliveryDetail> found = find(id);
        if (found.isEmpty()) {
            return Replay.NO_SUCH_DELIVERY;
        }
        return replays.reopen(found.get().delivery()) ? Replay.REOPENED : Replay.NOT_NOW;
    }

    /**
     * Re-opens the finished deliveries of these states created in the interval, and before now, oldest first, and returns
     * how many; 0 when not enabled. In many short transactions: what is replayed stays so whatever happens to the rest. One
     * that meets a passing fault is repeated by itself; so callers repeat nothing, or what was delivered again by then
     * would be once more.
     *
     * @param states finished ones only
     * @throws PassingFaults.DatabaseAway when the fault has not passed
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public int replay(
            UUID subscription, Optional<Instant> since, Optional<Instant> until, Collection<DeliveryState> states) {
        return replay(subscription, since, until, states, reopened -> {});
    }

    /** @param progress is told after each chunk how many there are so far; as {@link #replay(UUID, Optional, Optional, Collection)} in all else */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public int replay(
            UUID subscription,
            Optional<Instant> since,
            Optional<Instant> until,
            Collection<DeliveryState> states,
            IntConsumer progress) {
        Replays.Wish wish = new Replays.Wish(subscription, since, beforeNow(until), Set.copyOf(states));
        Replays.Chunk chunk = reopen(wish, Optional.empty());
        int reopened = chunk.reopened();
        while (chunk.last().isPresent()) {
            progress.accept(reopened);
            chunk = reopen(wish, chunk.last());
            reopened += chunk.reopened();
        }
        progress.accept(reopened);
        return reopened;
    }

    private Replays.Chunk reopen(Replays.Wish wish, Optional<UUID> after) {
        return faults.answer(() -> replays.reopen(wish, after));
    }

    /** What comes meanwhile is delivered anyway; the walk would never end behind a busy bus. */
    private Instant beforeNow(Optional<Instant> until) {
        Instant now = clock.instant();
        return until.filter(now::isAfter).orElse(now);
    }

    /** Discards a chunk of what this subscription holds, the oldest first; nothing when it is enabled. */
    public Limits.Discarded discardHeld(UUID subscription) {
        return limits.discardHeld(subscription);
    }

    static DeliveryView view(ResultSet rows) throws SQLException {
        Stage stage = Stage.of(rows.getInt(5));
        DeliveryState state = DeliveryState.of(stage, "active".equals(rows.getString(12)));
        Optional<Instant> due = state == DeliveryState.PENDING ? instant(rows, 8) : Optional.empty();
        return new DeliveryView(
                rows.getObject(1, UUID.class),
                rows.getObject(2, UUID.class),
                rows.getString(3),
                rows.getString(4),
                state,
                rows.getInt(6),
                instant(rows, 7).orElseThrow(),
                due,
                instant(rows, 9),
                number(rows, 10),
                Optional.ofNullable(rows.getString(11)));
    }

    private static AttemptView attempt(ResultSet rows) throws SQLException {
        return new AttemptView(
                rows.getInt(1),
                instant(rows, 2).orElseThrow(),
                Duration.ofMillis(rows.getLong(3)),
                number(rows, 4),
                Optional.ofNullable(rows.getString(5)),
                Optional.ofNullable(rows.getString(6)),
                Optional.ofNullable(rows.getBytes(7)));
    }

    private static Optional<Instant> instant(ResultSet rows, int column) throws SQLException {
        return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Optional<Integer> number(ResultSet rows, int column) throws SQLException {
        int value = rows.getInt(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
