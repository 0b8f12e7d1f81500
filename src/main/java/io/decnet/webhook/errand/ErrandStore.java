package io.decnet.webhook.errand;

import io.decnet.webhook.delivery.NodeIdentity;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;

/** The table of errands. Each row is written by the node that runs the errand alone. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ErrandStore {
    /** Nodes may have clocks of their own: whether one is silent, the database judges by the one that wrote it down. */
    private static final String SILENT = "heard_at < CURRENT_TIMESTAMP - INTERVAL '60' SECOND";

    private static final String COLUMNS = "SELECT id, kind, subject, who, started_at, " + SILENT
            + ", ended_at, size, done, refused, last_error FROM errand";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    NodeIdentity node;

    /** The database could not be asked. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(SQLException cause) {
            super("errands: " + cause.getMessage(), cause);
        }
    }

    /** A new errand. */
    public void insert(Errand errand) {
        update(
                "INSERT INTO errand (kind, subject, who, node, started_at, heard_at, size, done, refused, id)"
                        + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP, ?, 0, 0, ?)",
                errand.task().label(),
                errand.subject(),
                errand.who(),
                node.name(),
                errand.startedAt(),
                errand.size(),
                errand.id());
    }

    /** How far it has come by now. */
    public void progress(Errand errand) {
        update(
                "UPDATE errand SET done = ?, refused = ?, last_error = ?, heard_at = CURRENT_TIMESTAMP WHERE id = ?",
                errand.done(),
                errand.refused(),
                errand.lastError().map(Why::name),
                errand.id());
    }

    /** It goes on no further. */
    public void end(UUID errand, Instant now) {
        update("UPDATE errand SET ended_at = ? WHERE id = ?", now, errand);
    }

    /** Removes what began earlier. */
    public void forget(Instant before) {
        update("DELETE FROM errand WHERE started_at < ?", before);
    }

    public Optional<Errand> find(UUID id) {
        return query(COLUMNS + " WHERE id = ?", id).stream().findFirst();
    }

    /** Newest first, those that began since then. */
    public List<Errand> since(Instant since) {
        return query(COLUMNS + " WHERE started_at >= ? ORDER BY started_at DESC LIMIT 50", since);
    }

    private void update(String sql, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new Unavailable(e);
        }
    }

    private List<Errand> query(String sql, Object value) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, value);
            try (ResultSet rows = statement.executeQuery()) {
                List<Errand> errands = new ArrayList<>();
                while (rows.next()) {
                    errands.add(errand(rows));
                }
                return errands;
            }
        } catch (SQLException e) {
            throw new Unavailable(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value instanceof Optional<?> optional) {
            statement.setObject(at, optional.orElse(null), Types.VARCHAR);
        } else if (value instanceof OptionalInt number) {
            statement.setObject(at, number.isPresent() ? number.getAsInt() : null, Types.INTEGER);
        } else if (value instanceof Instant instant) {
            statement.setObject(at, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
        } else {
            statement.setObject(at, value);
        }
    }

    private static Errand errand(ResultSet rows) throws SQLException {
        int size = rows.getInt(8);
        return new Errand(
                rows.getObject(1, UUID.class),
                Task.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                rows.getString(3),
                rows.getString(4),
                rows.getObject(5, OffsetDateTime.class).toInstant(),
                rows.getBoolean(6),
                Optional.ofNullable(rows.getObject(7, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
                rows.getInt(9),
                rows.getInt(10),
                Optional.ofNullable(rows.getString(11)).map(Why::named));
    }
}
