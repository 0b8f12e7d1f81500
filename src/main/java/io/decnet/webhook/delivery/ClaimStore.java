package io.decnet.webhook.delivery;

import io.decnet.webhook.event.Topic;
import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.sql.SqlFault;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The SQL by which this node takes deliveries for itself and gives them back. Every method runs in the caller's
 * transaction; a fault is a {@link SqlFault}.
 */
@ApplicationScoped
public class ClaimStore {
    private static final int CHUNK = 2000;
    private static final String UNCLAIM =
            "UPDATE delivery SET stage = CASE WHEN tries = 0 THEN 0 ELSE 1 END, claimed_by = NULL, claim = NULL";

    private static final String WAITS = "subscription_id = ? AND stage = ?";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    RowLocks locks;

    @Inject
    NodeIdentity node;

    /**
     * What waits in the table for one lane.
     *
     * @param nextRetry {@link Instant#MAX} when there is none
     */
    record Survey(UUID subscription, boolean firsts, Instant nextRetry) {}

    /** Claims due retries and first attempts of one active circuit, oldest first. */
    Feed claim(Want want, long claim, Instant now) {
        try (Connection connection = dataSource.getConnection()) {
            if (!isActive(connection, want)) {
                // The index will say so within half a second, and the lane be opened anew; asking on would be in vain.
                return new Feed(List.of(), true, Instant.MAX);
            }
            List<UUID> all = new ArrayList<>(locks.first(
                            WAITS + " AND wake_at <= ?",
                            "id",
                            want.retries(),
                            want.subscription(),
                            Stage.RETRY.code(),
                            now)
                    .ids());
            RowLocks.Locked firsts =
                    locks.first(WAITS, RowLocks.BY_DUE, want.firsts(), want.subscription(), Stage.NEW.code());
            all.addAll(firsts.ids());
            List<UUID> fitting = all.isEmpty() ? all : fitting(connection, all, want.bytes());
            List<ClaimedDelivery> claimed = fitting.isEmpty() ? List.of() : load(connection, fitting, claim);
            boolean drained = !firsts.more() && fitting.size() == all.size();
            return new Feed(claimed, drained, nextRetry(connection, want.subscription()));
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    private static boolean isActive(Connection connection, Want want) throws SQLException {
        String query = "SELECT 1 FROM circuit WHERE subscription_id = ? AND state = 'active' AND epoch = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, want.subscription());
            statement.setLong(2, want.epoch());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** As many of them, in their order, as memory has room for; at least one. */
    private static List<UUID> fitting(Connection connection, List<UUID> ids, long bytes) throws SQLException {
        String query =
                "SELECT d.id, octet_length(e.body) FROM delivery d JOIN event e ON e.id = d.event WHERE d.id IN ("
                        + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
        Map<UUID, Long> sizes = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sizes.put(rows.getObject(1, UUID.class), Memory.weight(rows.getLong(2)));
                }
            }
        }
        List<UUID> fitting = new ArrayList<>();
        long room = bytes;
        for (UUID id : ids) {
            room -= sizes.getOrDefault(id, 0L);
            if (room < 0 && !fitting.isEmpty()) {
                break;
            }
            fitting.add(id);
        }
        return fitting;
    }

    private static void bind(PreparedStatement statement, List<UUID> ids) throws SQLException {
        int at = 1;
        for (UUID id : ids) {
            statement.setObject(at++, id);
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
            bind(statement, ids);
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
            List<Claim> ordered = claims.stream()
                    .sorted(Comparator.comparing(Claim::delivery))
                    .toList();
            for (Claim claim : ordered) {
                statement.setObject(1, claim.delivery());
                statement.setObject(2, node.life());
                statement.setLong(3, claim.number());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    /** Gives back a chunk of the claims of lives that are no more; returns how many. */
    int releaseUnowned() {
        String unowned = "stage = 2 AND (claimed_by IS NULL OR claimed_by NOT IN (SELECT id FROM node))";
        List<UUID> chunk = sql.ids("SELECT id FROM delivery WHERE " + unowned + " LIMIT " + CHUNK);
        return sql.updateEach(UNCLAIM + " WHERE " + unowned + " AND id = ?", new TreeSet<>(chunk));
    }

    /** All rows this life has claimed. */
    List<Claim> claimed() {
        return sql.query(
                "SELECT id, claim, subscription_id FROM delivery WHERE stage = 2 AND claimed_by = ?",
                row -> new Claim(row.getObject(1, UUID.class), row.getLong(2), row.getObject(3, UUID.class)),
                node.life());
    }

    /** Where rows of active circuits wait unclaimed; subscriptions without any are left out. */
    List<Survey> survey() {
        String waits = "(SELECT %s FROM delivery d WHERE d.subscription_id = c.subscription_id AND d.stage = %d)";
        return sql
                .query(
                        "SELECT c.subscription_id, " + waits.formatted("min(wake_at)", Stage.NEW.code()) + ", "
                                + waits.formatted("min(wake_at)", Stage.RETRY.code())
                                + " FROM circuit c WHERE c.state = 'active'",
                        row -> new Survey(
                                row.getObject(1, UUID.class),
                                row.getObject(2, OffsetDateTime.class) != null,
                                Optional.ofNullable(row.getObject(3, OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)
                                        .orElse(Instant.MAX)))
                .stream()
                .filter(survey -> survey.firsts() || survey.nextRetry().isBefore(Instant.MAX))
                .toList();
    }
}
