package io.decnet.webhook.delivery;

import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.Deed;
import io.decnet.webhook.subscription.Page;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The log of deliveries: what REST, the page and the metrics ask, and replay. */
@Stateless
public class Deliveries {
    private static final String COLUMNS = "SELECT d.id, d.subscription_id, e.event_id, e.topic, d.stage, d.attempts,"
            + " d.created_at, d.wake_at, d.finished_at, d.last_status, d.last_error, c.state";
    private static final String TABLES = " FROM delivery d JOIN event e ON e.id = d.event"
            + " JOIN circuit c ON c.subscription_id = d.subscription_id";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    AuditLog audit;

    @Inject
    Clock clock;

    @Inject
    jakarta.enterprise.event.Event<SystemEvents.RowsWaiting> rowsWaiting;

    /** What became of a wish to replay. */
    public enum Replay {
        REOPENED,
        /** It is pending or held, or its circuit is open. */
        NOT_NOW,
        NO_SUCH_DELIVERY
    }

    private interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Newest first. */
    public Page<DeliveryView> page(UUID subscription, DeliveryQuery query) {
        List<Object> values = new ArrayList<>(List.of(subscription));
        StringBuilder where = new StringBuilder(" WHERE d.subscription_id = ?");
        query.state().ifPresent(state -> where.append(" AND ").append(state.condition()));
        and(where, values, " AND e.topic = ?", query.topic());
        and(where, values, " AND d.created_at >= ?", query.since().map(DeliveryStore::utc));
        and(where, values, " AND d.created_at < ?", query.until().map(DeliveryStore::utc));
        and(where, values, " AND d.id < ?", query.after());
        String sql = COLUMNS + TABLES + where + " ORDER BY d.id DESC LIMIT " + (query.limit() + 1);
        return Paging.page(
                list(sql, values, Deliveries::view),
                query.limit(),
                view -> view.id().toString());
    }

    /** One delivery with its attempts. */
    public Optional<DeliveryDetail> find(UUID id) {
        List<DeliveryView> found = list(
                COLUMNS + TABLES + " JOIN subscription s ON s.id = d.subscription_id"
                        + " WHERE d.id = ? AND s.deleted_at IS NULL",
                List.of(id),
                Deliveries::view);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<AttemptView> attempts = list(
                "SELECT number, at, duration_ms, status_code, error, address, response_excerpt FROM attempt"
                        + " WHERE delivery_id = ? ORDER BY number",
                List.of(id),
                Deliveries::attempt);
        List<byte[]> body = list(
                "SELECT e.body FROM delivery d JOIN event e ON e.id = d.event WHERE d.id = ?",
                List.of(id),
                rows -> rows.getBytes(1));
        return Optional.of(new DeliveryDetail(found.get(0), attempts, body.get(0)));
    }

    /** Pending, held and failed of all subscriptions. */
    public Backlog backlog() {
        return backlogs().values().stream()
                .reduce(
                        Backlog.NONE,
                        (a, b) -> new Backlog(a.pending() + b.pending(), a.held() + b.held(), a.failed() + b.failed()));
    }

    /** The backlog of each subscription that has one. */
    public Map<UUID, Backlog> backlogs() {
        // Counted circuit by circuit: so each count is a range of an index, and delivered rows, the most by far, are
        // never read.
        String sql = "SELECT c.subscription_id, c.state, " + count(Stage.NEW) + " + " + count(Stage.RETRY) + " + "
                + count(Stage.CLAIMED) + ", " + count(Stage.FAILED) + " FROM circuit c";
        Map<UUID, Backlog> backlogs = new HashMap<>();
        list(sql, List.of(), rows -> {
            boolean active = "active".equals(rows.getString(2));
            long unfinished = rows.getLong(3);
            Backlog backlog = new Backlog(active ? unfinished : 0, active ? 0 : unfinished, rows.getLong(4));
            return backlogs.put(rows.getObject(1, UUID.class), backlog) == null;
        });
        backlogs.values().removeIf(Backlog.NONE::equals);
        return backlogs;
    }

    private static String count(Stage stage) {
        return "(SELECT count(*) FROM delivery d WHERE d.subscription_id = c.subscription_id AND d.stage = "
                + stage.code() + ")";
    }

    /** Claimed rows of lives that are gone: nothing would wake them. Always 0 but for moments. */
    public long stuck() {
        String sql = "SELECT coalesce(sum((SELECT count(*) FROM delivery d"
                + " WHERE d.subscription_id = c.subscription_id AND d.stage = 2"
                + " AND (d.claimed_by IS NULL OR d.claimed_by NOT IN (SELECT id FROM node)))), 0) FROM circuit c";
        return list(sql, List.of(), rows -> rows.getLong(1)).get(0);
    }

    /** Re-opens a finished delivery: its schedule starts again, its attempt numbers go on. */
    public Replay replay(UUID id) {
        Optional<DeliveryDetail> found = find(id);
        if (found.isEmpty()) {
            return Replay.NO_SUCH_DELIVERY;
        }
        int reopened = reopen("id = ?", found.get().delivery().webhook(), List.of(id));
        if (reopened == 0) {
            return Replay.NOT_NOW;
        }
        DeliveryView delivery = found.get().delivery();
        audit.append(Deed.of("delivery.replay", id.toString(), delivery.topic() + " " + delivery.eventId()));
        return Replay.REOPENED;
    }

    /** Re-opens the finished deliveries of these states created in the interval; returns how many, 0 when not enabled. */
    public int replay(UUID subscription, Optional<Instant> since, Optional<Instant> until, List<DeliveryState> states) {
        List<Object> values = new ArrayList<>(List.of(subscription));
        StringBuilder where = new StringBuilder("subscription_id = ? AND stage IN (");
        where.append(String.join(
                ", ", states.stream().map(s -> String.valueOf(finishedStage(s))).toList()));
        where.append(')');
        and(where, values, " AND created_at >= ?", since.map(DeliveryStore::utc));
        and(where, values, " AND created_at < ?", until.map(DeliveryStore::utc));
        int reopened = reopen(where.toString(), subscription, values);
        if (reopened > 0) {
            Map<String, String> what = new HashMap<>(Map.of("replayed", String.valueOf(reopened)));
            what.put(
                    "states",
                    String.join(" ", states.stream().map(DeliveryState::label).toList()));
            since.ifPresent(from -> what.put("since", from.toString()));
            until.ifPresent(to -> what.put("until", to.toString()));
            audit.append(Deed.created("webhook.replay", subscription.toString(), "", what));
        }
        return reopened;
    }

    private static int finishedStage(DeliveryState state) {
        return Stage.valueOf(state.name()).code();
    }

    private int reopen(String which, UUID subscription, List<Object> values) {
        String sql = "UPDATE delivery SET stage = 0, tries = 0, wake_at = ?, finished_at = NULL WHERE " + which
                + " AND stage >= 10 AND EXISTS (SELECT 1 FROM circuit c"
                + " WHERE c.subscription_id = delivery.subscription_id AND c.state = 'active')";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, DeliveryStore.utc(clock.instant()));
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 2, values.get(i));
            }
            int reopened = statement.executeUpdate();
            rowsWaiting.fire(new SystemEvents.RowsWaiting(java.util.Set.of(subscription)));
            return reopened;
        } catch (SQLException e) {
            throw new DeliveryStore.StoreException(e);
        }
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Optional<?> value) {
        value.ifPresent(present -> {
            where.append(condition);
            values.add(present);
        });
    }

    private <T> List<T> list(String sql, List<?> values, Rows<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> items = new ArrayList<>();
                while (rows.next()) {
                    items.add(reader.read(rows));
                }
                return items;
            }
        } catch (SQLException e) {
            throw new DeliveryStore.StoreException(e);
        }
    }

    private static DeliveryView view(ResultSet rows) throws SQLException {
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
