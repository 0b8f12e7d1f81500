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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The bulk SQL of events and deliveries, the same for H2 and PostgreSQL. Every method runs in the caller's
 * transaction; a fault is a {@link StoreException} that carries the SQLException.
 */
@ApplicationScoped
public class DeliveryStore {
    private static final int ERROR_LENGTH = 512;

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

    /** Claims due retries and first attempts of one active circuit, oldest first. */
    Feed claim(Dispatcher.Want want, Instant now) {
        try (Connection connection = dataSource.getConnection()) {
            if (!isActive(connection, want)) {
                // The index will say so within half a second, and the lane be opened anew; asking on would be in vain.
                return new Feed(List.of(), true, Instant.MAX);
            }
            List<UUID> retries = lock(connection, want.subscription(), Stage.RETRY, now, want.retries());
            List<UUID> firsts = lock(connection, want.subscription(), Stage.NEW, now, want.firsts());
            List<UUID> all = new ArrayList<>(retries);
            all.addAll(firsts);
            List<ClaimedDelivery> claimed = all.isEmpty() ? List.of() : load(connection, all, node.nextClaim());
            return new Feed(claimed, firsts.size() < want.firsts(), nextRetry(connection, want.subscription()));
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static boolean isActive(Connection connection, Dispatcher.Want want) throws SQLException {
        String query = "SELECT 1 FROM circuit WHERE subscription_id = ? AND state = 'active' AND epoch = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, want.subscription());
            statement.setLong(2, want.epoch());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static List<UUID> lock(Connection connection, UUID subscription, Stage stage, Instant now, int limit)
            throws SQLException {
        if (limit == 0) {
            return List.of();
        }
        String due = stage == Stage.RETRY ? " AND wake_at <= ? ORDER BY id" : " ORDER BY wake_at, id";
        String query = "SELECT id FROM delivery WHERE subscription_id = ? AND stage = ?" + due + " LIMIT " + limit
                + " FOR UPDATE SKIP LOCKED";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, subscription);
            statement.setInt(2, stage.code());
            if (stage == Stage.RETRY) {
                statement.setObject(3, utc(now));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
                return ids;
            }
        }
    }

    private List<ClaimedDelivery> load(Connection connection, List<UUID> ids, long claim) throws SQLException {
        String update = "UPDATE delivery SET stage = 2, claimed_by = ?, claim = ? WHERE id = ?";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (UUID id : ids) {
                statement.setObject(1, node.life());
                statement.setLong(2, claim);
                statement.setObject(3, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        String query = "SELECT d.id, d.subscription_id, e.event_id, e.topic, e.body, e.traceparent, d.attempts, d.tries"
                + " FROM delivery d JOIN event e ON e.id = d.event WHERE d.id IN ("
                + String.join(", ", Collections.nCopies(ids.size(), "?")) + ") ORDER BY d.created_at, d.id";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            int at = 1;
            for (UUID id : ids) {
                statement.setObject(at++, id);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<ClaimedDelivery> claimed = new ArrayList<>();
                while (rows.next()) {
                    claimed.add(new ClaimedDelivery(
                            rows.getObject(1, UUID.class),
                            claim,
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            new Topic(rows.getString(4)),
                            rows.getBytes(5),
                            Optional.ofNullable(rows.getString(6)),
                            rows.getInt(7),
                            rows.getInt(8)));
                }
                return claimed;
            }
        }
    }

    private static Instant nextRetry(Connection connection, UUID subscription) throws SQLException {
        String query = "SELECT min(wake_at) FROM delivery WHERE subscription_id = ? AND stage = 1";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, subscription);
            try (ResultSet rows = statement.executeQuery()) {
                OffsetDateTime next = rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
                return next == null ? Instant.MAX : next.toInstant();
            }
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

    /** Gives claims of this life back: the rows are as if never claimed. */
    void release(Collection<ClaimedDelivery> deliveries) {
        String update = "UPDATE delivery SET stage = CASE WHEN tries = 0 THEN 0 ELSE 1 END, claimed_by = NULL,"
                + " claim = NULL WHERE id = ? AND stage = 2 AND claimed_by = ? AND claim = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            for (ClaimedDelivery delivery : deliveries) {
                statement.setObject(1, delivery.id());
                statement.setObject(2, node.life());
                statement.setLong(3, delivery.claim());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Gives back every claim of a life that is no more; returns how many. */
    int releaseUnowned() {
        return update("UPDATE delivery SET stage = CASE WHEN tries = 0 THEN 0 ELSE 1 END, claimed_by = NULL,"
                + " claim = NULL WHERE stage = 2 AND claimed_by NOT IN (SELECT id FROM node)");
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
