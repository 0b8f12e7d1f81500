package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.event.Topic;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The bulk SQL of events and deliveries, the same for H2 and PostgreSQL. Every method runs in the caller's
 * transaction; a fault is a {@link StoreException} that carries the SQLException.
 */
@ApplicationScoped
public class DeliveryStore {
    private static final int ERROR_LENGTH = 512;
    private static final String DISCARD =
            "UPDATE delivery SET stage = 12, finished_at = ?, claimed_by = NULL, claim = NULL WHERE ";
    private static final String OPEN = "EXISTS (SELECT 1 FROM circuit c WHERE"
            + " c.subscription_id = delivery.subscription_id AND c.state <> 'active'";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    NodeIdentity node;

    /** A database fault inside a transaction of this room. */
    static final class StoreException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoreException(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** An event to be stored; {@code body} is what every attempt will send. */
    record NewEvent(UUID key, String id, Topic topic, Optional<String> traceparent, byte[] body) {}

    /** A delivery to be stored; claimed by this node when {@code claim} is there. */
    record NewDelivery(UUID id, UUID event, UUID subscription, Optional<Long> claim) {}

    /** Inserts the events there are none of yet, and says which those are. */
    Set<UUID> insertEvents(List<NewEvent> events, Instant now) {
        String insert = "INSERT INTO event (id, topic, event_id, received_at, traceparent, body)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        String inserted =
                "SELECT id FROM event WHERE id IN (" + String.join(", ", Collections.nCopies(events.size(), "?")) + ")";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insertion = connection.prepareStatement(insert);
                PreparedStatement query = connection.prepareStatement(inserted)) {
            int at = 1;
            for (NewEvent event : events) {
                insertion.setObject(1, event.key());
                insertion.setString(2, event.topic().value());
                insertion.setString(3, event.id());
                insertion.setObject(4, utc(now));
                insertion.setString(5, event.traceparent().orElse(null));
                insertion.setBytes(6, event.body());
                insertion.addBatch();
                query.setObject(at++, event.key());
            }
            insertion.executeBatch();
            try (ResultSet rows = query.executeQuery()) {
                Set<UUID> keys = new HashSet<>();
                while (rows.next()) {
                    keys.add(rows.getObject(1, UUID.class));
                }
                return keys;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    void insertDeliveries(List<NewDelivery> deliveries, Instant now) {
        String insert = "INSERT INTO delivery (id, event, subscription_id, stage, attempts, tries, created_at, wake_at,"
                + " claimed_by, claim) VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insertion = connection.prepareStatement(insert)) {
            for (NewDelivery delivery : deliveries) {
                boolean claimed = delivery.claim().isPresent();
                insertion.setObject(1, delivery.id());
                insertion.setObject(2, delivery.event());
                insertion.setObject(3, delivery.subscription());
                insertion.setInt(4, (claimed ? Stage.CLAIMED : Stage.NEW).code());
                insertion.setObject(5, utc(now));
                insertion.setObject(6, utc(now));
                insertion.setObject(7, claimed ? node.life() : null);
                insertion.setObject(8, delivery.claim().orElse(null), Types.BIGINT);
                insertion.addBatch();
            }
            insertion.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Writes what became of claimed deliveries; says of each report whether its claim still held. */
    boolean[] finish(List<AttemptReport> reports) {
        String update = "UPDATE delivery SET stage = ?, attempts = ?, tries = ?, wake_at = ?, finished_at = ?,"
                + " last_status = ?, last_error = ?, claimed_by = NULL, claim = NULL"
                + " WHERE id = ? AND stage = 2 AND claimed_by = ? AND claim = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            for (AttemptReport report : reports) {
                bindFinish(statement, report);
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            boolean[] held = new boolean[counts.length];
            for (int i = 0; i < counts.length; i++) {
                held[i] = counts[i] == 1;
            }
            return held;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private void bindFinish(PreparedStatement statement, AttemptReport report) throws SQLException {
        ClaimedDelivery delivery = report.delivery();
        Stage stage = Stage.FAILED;
        Instant wakeAt = report.finishedAt();
        String error = text(report.error());
        if (report.outcome() instanceof Outcome.Delivered) {
            stage = Stage.DELIVERED;
            error = null;
        } else if (report.outcome() instanceof Outcome.Retrying retrying) {
            stage = Stage.RETRY;
            wakeAt = retrying.at();
        }
        statement.setInt(1, stage.code());
        statement.setInt(2, delivery.attempts() + 1);
        statement.setInt(3, report.tries());
        statement.setObject(4, utc(wakeAt));
        statement.setObject(5, stage.finished() ? utc(report.finishedAt()) : null);
        statement.setObject(6, Outcome.status(report.result()).orElse(null), Types.INTEGER);
        statement.setString(7, error);
        statement.setObject(8, delivery.id());
        statement.setObject(9, node.life());
        statement.setLong(10, delivery.claim());
    }

    void insertAttempts(List<AttemptReport> reports) {
        String insert = "INSERT INTO attempt (delivery_id, number, at, duration_ms, status_code, error, address,"
                + " response_excerpt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            for (AttemptReport report : reports) {
                statement.setObject(1, report.delivery().id());
                statement.setInt(2, report.delivery().attempts() + 1);
                statement.setObject(3, utc(report.result().startedAt()));
                statement.setLong(4, report.result().took().toMillis());
                statement.setObject(5, Outcome.status(report.result()).orElse(null), Types.INTEGER);
                statement.setString(6, report.succeeded() ? null : text(report.error()));
                statement.setString(7, report.result().address().orElse(null));
                statement.setBytes(
                        8, report.result() instanceof SendResult.Answered answered ? answered.excerpt() : null);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Discards unfinished, unclaimed rows of these subscriptions that were created until then; returns how many. */
    int discardOlder(Collection<UUID> subscriptions, Instant createdUntil, Instant now) {
        return discardOlder(subscriptions, createdUntil, now, "");
    }

    /** The same for circuits only that are open and have not been changed since. */
    int discardHeldOlder(Collection<UUID> subscriptions, Instant until, Instant now) {
        return discardOlder(subscriptions, until, now, " AND " + OPEN + " AND c.changed_at <= ?)");
    }

    private int discardOlder(Collection<UUID> subscriptions, Instant until, Instant now, String condition) {
        // A first attempt is due when its row is created, so the index of due rows knows its age.
        String firsts = "stage = 0 AND wake_at <= ?";
        String retries = "stage = 1 AND created_at <= ?";
        int discarded = 0;
        try (Connection connection = dataSource.getConnection()) {
            for (String aged : List.of(firsts, retries)) {
                String update = DISCARD + "subscription_id = ? AND " + aged + condition;
                try (PreparedStatement statement = connection.prepareStatement(update)) {
                    for (UUID subscription : subscriptions) {
                        statement.setObject(1, utc(now));
                        statement.setObject(2, subscription);
                        statement.setObject(3, utc(until));
                        if (!condition.isEmpty()) {
                            statement.setObject(4, utc(until));
                        }
                        statement.addBatch();
                    }
                    discarded += IntStream.of(statement.executeBatch()).sum();
                }
            }
            return discarded;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Discards the oldest rows an open circuit holds beyond this many; returns how many. */
    int discardHeldBeyond(UUID subscription, int most, Instant now) {
        return update(
                DISCARD + "id IN (SELECT id FROM delivery WHERE subscription_id = ? AND stage IN (0, 1)"
                        + " ORDER BY created_at DESC, id DESC OFFSET " + most + " ROWS) AND " + OPEN + ")",
                now,
                subscription);
    }

    /** Discards all that is unfinished, also what is on the wire; returns how many. */
    int discardUnfinished(UUID subscription, Instant now) {
        return update(DISCARD + "subscription_id = ? AND stage IN (0, 1, 2)", now, subscription);
    }

    /** Removes so many rows of this subscription; returns how many there were. */
    int purge(UUID subscription, int most) {
        String chunk = "(SELECT id FROM delivery WHERE subscription_id = ? LIMIT " + most + ")";
        update("DELETE FROM attempt WHERE delivery_id IN " + chunk, subscription);
        return update("DELETE FROM delivery WHERE id IN " + chunk, subscription);
    }

    /** One statement; instants are bound as UTC times. */
    int update(String sql, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                statement.setObject(i + 1, value instanceof Instant instant ? utc(instant) : value);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** PostgreSQL refuses NUL in text; a column takes 512 characters. */
    static String text(String value) {
        String clean = value.replace('\u0000', '\uFFFD');
        return clean.length() <= ERROR_LENGTH ? clean : clean.substring(0, ERROR_LENGTH);
    }
}
