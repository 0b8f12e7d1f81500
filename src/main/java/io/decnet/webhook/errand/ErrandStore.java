package io.decnet.webhook.errand;

import io.decnet.webhook.delivery.NodeIdentity;
import io.decnet.webhook.sql.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The table of errands. Each row is written by the node that runs the errand alone. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ErrandStore {
    /** Nodes may have clocks of their own: whether one is silent, the database judges by the one that wrote it down. */
    private static final String SILENT = "heard_at < CURRENT_TIMESTAMP - INTERVAL '60' SECOND";

    private static final String COLUMNS = "SELECT id, kind, subject, who, started_at, " + SILENT
            + ", ended_at, size, done, refused, last_error FROM errand";

    @Inject
    Sql sql;

    @Inject
    NodeIdentity node;

    /** A new errand. */
    public void insert(Errand errand) {
        sql.update(
                "INSERT INTO errand (kind, subject, who, node, started_at, heard_at, size, done, refused, id)"
                        + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP, ?, 0, 0, ?)",
                errand.task().label(),
                errand.subject(),
                errand.who(),
                node.name(),
                errand.startedAt(),
                errand.size().stream().boxed().findFirst(),
                errand.id());
    }

    /** How far it has come by now. */
    public void progress(Errand errand) {
        sql.update(
                "UPDATE errand SET done = ?, refused = ?, last_error = ?, heard_at = CURRENT_TIMESTAMP WHERE id = ?",
                errand.done(),
                errand.refused(),
                errand.lastError().map(Why::name),
                errand.id());
    }

    /** It goes on no further. */
    public void end(UUID errand, Instant now) {
        sql.update("UPDATE errand SET ended_at = ? WHERE id = ?", now, errand);
    }

    /** Removes what began earlier. */
    public void forget(Instant before) {
        sql.update("DELETE FROM errand WHERE started_at < ?", before);
    }

    public Optional<Errand> find(UUID id) {
        return sql.query(COLUMNS + " WHERE id = ?", ErrandStore::errand, id).stream()
                .findFirst();
    }

    /** Newest first, those that began since then. */
    public List<Errand> since(Instant since) {
        return sql.query(
                COLUMNS + " WHERE started_at >= ? ORDER BY started_at DESC LIMIT 50", ErrandStore::errand, since);
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
