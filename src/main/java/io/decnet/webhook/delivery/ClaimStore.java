package io.decnet.webhook.delivery;

import io.decnet.webhook.delivery.DeliveryStore.StoreException;
import io.decnet.webhook.event.Topic;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The SQL by which this node takes deliveries for itself and gives them back. Every method runs in the caller's
 * transaction; a fault is a {@link StoreException}.
 */
@ApplicationScoped
public class ClaimStore {
    private static final String UNCLAIM =
            "UPDATE delivery SET stage = CASE WHEN tries = 0 THEN 0 ELSE 1 END, claimed_by = NULL, claim = NULL";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    NodeIdentity node;

    /** Claims due retries and first attempts of one active circuit, oldest first. */
    Feed claim(Dispatcher.Want want, long claim, Instant now) {
        try (Connection connection = dataSource.getConnection()) {
            if (!isActive(connection, want)) {
                // The index will say so within half a second, and the lane be opened anew; asking on would be in vain.
                return new Feed(List.of(), true, Instant.MAX);
            }
            List<UUID> retries = lock(connection, want.subscription(), Stage.RETRY, now, want.retries());
            List<UUID> firsts = lock(connection, want.subscription(), Stage.NEW, now, want.firsts());
            List<UUID> all = new ArrayList<>(retries);
            all.addAll(firsts);
            List<ClaimedDelivery> claimed = all.isEmpty() ? List.of() : load(connection, all, claim);
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
                statement.setObject(3, DeliveryStore.utc(now));
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

    /** Gives claims of this life back: the rows are as if never claimed. */
    void release(Collection<Claim> claims) {
        String update = UNCLAIM + " WHERE id = ? AND stage = 2 AND claimed_by = ? AND claim = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            for (Claim claim : claims) {
                statement.setObject(1, claim.delivery());
                statement.setObject(2, node.life());
                statement.setLong(3, claim.number());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Gives back every claim of a life that is no more; returns how many. */
    int releaseUnowned() {
        String update = UNCLAIM + " WHERE stage = 2 AND claimed_by NOT IN (SELECT id FROM node)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** All rows this life has claimed. A scan of the table: for after a fault. */
    List<Claim> claimed() {
        String query = "SELECT id, claim, subscription_id FROM delivery WHERE stage = 2 AND claimed_by = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, node.life());
            try (ResultSet rows = statement.executeQuery()) {
                List<Claim> claims = new ArrayList<>();
                while (rows.next()) {
                    claims.add(
                            new Claim(rows.getObject(1, UUID.class), rows.getLong(2), rows.getObject(3, UUID.class)));
                }
                return claims;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
