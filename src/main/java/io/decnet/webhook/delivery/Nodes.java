package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The rows of the nodes, in short transactions. Whether a node lives goes by the database's clock alone. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Nodes {
    private static final String SILENT =
            "heartbeat_at < CURRENT_TIMESTAMP - INTERVAL '" + Lease.DEAD_AFTER.toSeconds() + "' SECOND";

    @Inject
    Sql sql;

    @Inject
    NodeIdentity node;

    /**
     * A node as operators see it.
     *
     * @param alive heard within the last 10 seconds; a node that is not starts no attempts and is soon taken for dead
     * @param silent since its last heartbeat, by the database's clock
     */
    public record NodeView(String name, Instant startedAt, Instant heartbeatAt, boolean alive, Duration silent) {}

    /** Registers this life. What the same node left in the same place is over: nobody else runs there. */
    public void begin() {
        sql.update("DELETE FROM node WHERE name = ? AND place = ? AND id <> ?", node.name(), node.place(), node.life());
        sql.update(
                "INSERT INTO node (id, name, place, started_at, heartbeat_at)"
                        + " VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
                node.life(),
                node.name(),
                node.place());
    }

    /** Says that this life goes on; returns the database's time, or nothing when others have taken it for dead. */
    public Optional<Instant> heartbeat() {
        sql.update("UPDATE node SET heartbeat_at = CURRENT_TIMESTAMP WHERE id = ?", node.life());
        return sql
                .query(
                        "SELECT heartbeat_at FROM node WHERE id = ?",
                        row -> row.getObject(1, OffsetDateTime.class),
                        node.life())
                .stream()
                .map(OffsetDateTime::toInstant)
                .findFirst();
    }

    /** Takes other nodes that are silent for dead; returns their names. */
    public List<String> buryDead() {
        String dead = " WHERE id <> ? AND " + SILENT;
        List<String> names = sql.query("SELECT name FROM node" + dead, row -> row.getString(1), node.life());
        return names.isEmpty() || sql.update("DELETE FROM node" + dead, node.life()) == 0 ? List.of() : names;
    }

    /** Where else nodes live that have our name. */
    public List<String> namesakes() {
        return sql.query(
                "SELECT place FROM node WHERE name = ? AND id <> ?", row -> row.getString(1), node.name(), node.life());
    }

    public void end() {
        sql.update("DELETE FROM node WHERE id = ?", node.life());
    }

    /** All nodes that are not known to be dead, by name. */
    public List<NodeView> all() {
        String alive = "heartbeat_at >= CURRENT_TIMESTAMP - INTERVAL '" + Lease.ENDS_AFTER.toSeconds() + "' SECOND";
        return sql.query(
                "SELECT name, started_at, heartbeat_at, " + alive
                        + ", CURRENT_TIMESTAMP FROM node ORDER BY name, started_at",
                row -> {
                    OffsetDateTime heard = row.getObject(3, OffsetDateTime.class);
                    return new NodeView(
                            row.getString(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            heard.toInstant(),
                            row.getBoolean(4),
                            Duration.between(heard, row.getObject(5, OffsetDateTime.class)));
                });
    }
}
