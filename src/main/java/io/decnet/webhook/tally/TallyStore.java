package io.decnet.webhook.tally;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import javax.sql.DataSource;

/** The tables of counts, in short transactions of their own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TallyStore {
    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    /** The database could not be asked. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(SQLException cause) {
            super("the tallies: " + cause.getMessage(), cause);
        }
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T on(String sql, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new Unavailable(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(
                    i + 1,
                    values[i] instanceof Instant instant
                            ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)
                            : values[i]);
        }
    }

    /** Minutes of this writer as they are now, whether they stood there before or not. */
    public void write(UUID writer, List<Minute> minutes) {
        for (Minute minute : minutes) {
            boolean there = update(
                    "UPDATE tally_minute SET events = ?, delivered = ?, retried = ?, failed = ?, held = ?,"
                            + " attempt_times = ?, delivery_times = ? WHERE at = ? AND writer = ?",
                    row(minute, writer));
            if (!there) {
                update(
                        "INSERT INTO tally_minute (events, delivered, retried, failed, held, attempt_times,"
                                + " delivery_times, at, writer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row(minute, writer));
            }
        }
    }

    private boolean update(String sql, Object... values) {
        return on(sql, statement -> {
            bind(statement, values);
            return statement.executeUpdate() > 0;
        });
    }

    private static Object[] row(Minute minute, UUID writer) {
        Counts counts = minute.counts();
        return new Object[] {
            minute.events(),
            counts.delivered(),
            counts.retried(),
            counts.failed(),
            counts.held(),
            minute.attempts().text(),
            minute.deliveries().text(),
            minute.at(),
            writer
        };
    }

    /** Adds to hours of subscriptions: first the rows are made that are missing, which every node may do at once. */
    public void add(SortedMap<Tallies.Hour, Counts> hours) {
        if (hours.isEmpty()) {
            return;
        }
        on(
                "INSERT INTO tally_hour (subscription_id, at, delivered, retried, failed, held)"
                        + " VALUES (?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
                statement -> {
                    for (Tallies.Hour hour : hours.keySet()) {
                        bind(statement, hour.subscription(), hour.at());
                        statement.addBatch();
                    }
                    return statement.executeBatch();
                });
        on(
                "UPDATE tally_hour SET delivered = delivered + ?, retried = retried + ?, failed = failed + ?, held = held + ?"
                        + " WHERE subscription_id = ? AND at = ?",
                statement -> {
                    for (Map.Entry<Tallies.Hour, Counts> hour : hours.entrySet()) {
                        Counts counts = hour.getValue();
                        bind(
                                statement,
                                counts.delivered(),
                                counts.retried(),
                                counts.failed(),
                                counts.held(),
                                hour.getKey().subscription(),
                                hour.getKey().at());
                        statement.addBatch();
                    }
                    return statement.executeBatch();
                });
    }

    /** Removes what began earlier. */
    public void forget(Instant before) {
        update("DELETE FROM tally_minute WHERE at < ?", before);
        update("DELETE FROM tally_hour WHERE at < ?", before);
    }

    /** What all nodes have counted since then, each minute once, without how long things took. */
    public List<Minute> minutesSince(Instant since) {
        return on(
                "SELECT at, SUM(events), SUM(delivered), SUM(retried), SUM(failed), SUM(held) FROM tally_minute"
                        + " WHERE at >= ? GROUP BY at ORDER BY at",
                statement -> {
                    bind(statement, since);
                    List<Minute> minutes = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            Counts counts = counts(rows, 3);
                            minutes.add(new Minute(instant(rows, 1), rows.getLong(2), counts, Times.NONE, Times.NONE));
                        }
                    }
                    return minutes;
                });
    }

    /** How long attempts and deliveries took since then. */
    public Minute timesSince(Instant since) {
        return on("SELECT attempt_times, delivery_times FROM tally_minute WHERE at >= ?", statement -> {
            bind(statement, since);
            Times attempts = Times.NONE;
            Times deliveries = Times.NONE;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    attempts = attempts.plus(Times.parse(rows.getString(1)));
                    deliveries = deliveries.plus(Times.parse(rows.getString(2)));
                }
            }
            return new Minute(since, 0, Counts.NONE, attempts, deliveries);
        });
    }

    /** Hour by hour what was counted of these subscriptions since then. */
    public Map<UUID, Map<Instant, Counts>> hoursSince(Instant since, Collection<UUID> subscriptions) {
        if (subscriptions.isEmpty()) {
            return Map.of();
        }
        String among = String.join(", ", Collections.nCopies(subscriptions.size(), "?"));
        return on(
                "SELECT subscription_id, at, delivered, retried, failed, held FROM tally_hour WHERE at >= ?"
                        + " AND subscription_id IN (" + among + ")",
                statement -> {
                    List<Object> values = new ArrayList<>(List.of(since));
                    values.addAll(subscriptions);
                    bind(statement, values.toArray());
                    Map<UUID, Map<Instant, Counts>> hours = new HashMap<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            hours.computeIfAbsent(rows.getObject(1, UUID.class), id -> new HashMap<>())
                                    .put(instant(rows, 2), counts(rows, 3));
                        }
                    }
                    return hours;
                });
    }

    private static Counts counts(ResultSet rows, int first) throws SQLException {
        return new Counts(
                rows.getLong(first), rows.getLong(first + 1), rows.getLong(first + 2), rows.getLong(first + 3));
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
