package io.decnet.webhook.tally;

import io.decnet.webhook.sql.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of counts, in short transactions of their own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TallyStore {
    @Inject
    Sql sql;

    /** Minutes of this writer as they are now, whether they stood there before or not. */
    public void write(UUID writer, List<Minute> minutes) {
        for (Minute minute : minutes) {
            boolean there = sql.update(
                            "UPDATE tally_minute SET events = ?, delivered = ?, retried = ?, failed = ?, held = ?,"
                                    + " attempt_times = ?, delivery_times = ? WHERE at = ? AND writer = ?",
                            row(minute, writer))
                    > 0;
            if (!there) {
                sql.update(
                        "INSERT INTO tally_minute (events, delivered, retried, failed, held, attempt_times,"
                                + " delivery_times, at, writer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row(minute, writer));
            }
        }
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
        sql.updateAll(
                "INSERT INTO tally_hour (subscription_id, at, delivered, retried, failed, held)"
                        + " VALUES (?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
                hours.keySet().stream()
                        .map(hour -> new Object[] {hour.subscription(), hour.at()})
                        .toList());
        sql.updateAll(
                "UPDATE tally_hour SET delivered = delivered + ?, retried = retried + ?, failed = failed + ?, held = held + ?"
                        + " WHERE subscription_id = ? AND at = ?",
                hours.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Object[] row(Tallies.Hour hour, Counts counts) {
        return new Object[] {
            counts.delivered(), counts.retried(), counts.failed(), counts.held(), hour.subscription(), hour.at()
        };
    }

    /** Removes what began earlier. */
    public void forget(Instant before) {
        sql.update("DELETE FROM tally_minute WHERE at < ?", before);
        sql.update("DELETE FROM tally_hour WHERE at < ?", before);
    }

    /** What all nodes have counted since then, each minute once, without how long things took. */
    public List<Minute> minutesSince(Instant since) {
        return sql.query(
                "SELECT at, SUM(events), SUM(delivered), SUM(retried), SUM(failed), SUM(held) FROM tally_minute"
                        + " WHERE at >= ? GROUP BY at ORDER BY at",
                row -> new Minute(instant(row, 1), row.getLong(2), counts(row, 3), Times.NONE, Times.NONE),
                since);
    }

    /** How long attempts and deliveries took since then. */
    public Minute timesSince(Instant since) {
        Times attempts = Times.NONE;
        Times deliveries = Times.NONE;
        for (Minute minute : sql.query(
                "SELECT attempt_times, delivery_times FROM tally_minute WHERE at >= ?",
                row -> new Minute(since, 0, Counts.NONE, Times.parse(row.getString(1)), Times.parse(row.getString(2))),
                since)) {
            attempts = attempts.plus(minute.attempts());
            deliveries = deliveries.plus(minute.deliveries());
        }
        return new Minute(since, 0, Counts.NONE, attempts, deliveries);
    }

    private record HourOf(UUID subscription, Instant at, Counts counts) {}

    /** Hour by hour what was counted of these subscriptions since then. */
    public Map<UUID, Map<Instant, Counts>> hoursSince(Instant since, Collection<UUID> subscriptions) {
        if (subscriptions.isEmpty()) {
            return Map.of();
        }
        String among = String.join(", ", Collections.nCopies(subscriptions.size(), "?"));
        return sql
                .query(
                        "SELECT subscription_id, at, delivered, retried, failed, held FROM tally_hour WHERE at >= ?"
                                + " AND subscription_id IN (" + among + ")",
                        row -> new HourOf(row.getObject(1, UUID.class), instant(row, 2), counts(row, 3)),
                        Stream.concat(Stream.of(since), subscriptions.stream()).toArray())
                .stream()
                .collect(Collectors.groupingBy(HourOf::subscription, Collectors.toMap(HourOf::at, HourOf::counts)));
    }

    private static Counts counts(ResultSet rows, int first) throws SQLException {
        return new Counts(
                rows.getLong(first), rows.getLong(first + 1), rows.getLong(first + 2), rows.getLong(first + 3));
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
