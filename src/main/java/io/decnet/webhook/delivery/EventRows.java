package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Dialect;
import io.decnet.webhook.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Inserts events and learns from the insert itself which of them were new. Asking for them afterwards would cost a
 * statement for each size of batch, and those prepared while the table was small would go on to read all of it.
 */
enum EventRows {
    /** PostgreSQL rewrites batches, and then counts no more; but it can return what it has inserted. */
    RETURNED {
        @Override
        Set<UUID> insert(Connection connection, List<DeliveryStore.NewEvent> events, Instant now) throws SQLException {
            String insert = "INSERT INTO event (id, topic, event_id, received_at, traceparent, body)"
                    + " SELECT n.id, n.topic, n.event_id, ?, n.traceparent, n.body FROM unnest(?::uuid[],"
                    + " ?::varchar[], ?::varchar[], ?::varchar[], ?::bytea[]) AS n(id, topic, event_id, traceparent, body)"
                    + " ON CONFLICT DO NOTHING RETURNING id";
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                statement.setObject(1, Sql.utc(now));
                statement.setArray(2, connection.createArrayOf("uuid", keys(events)));
                statement.setArray(3, connection.createArrayOf("varchar", topics(events)));
                statement.setArray(4, connection.createArrayOf("varchar", ids(events)));
                statement.setArray(5, connection.createArrayOf("varchar", parents(events)));
                statement.setArray(6, connection.createArrayOf("bytea", bodies(events)));
                try (ResultSet rows = statement.executeQuery()) {
                    Set<UUID> inserted = new HashSet<>();
                    while (rows.next()) {
                        inserted.add(rows.getObject(1, UUID.class));
                    }
                    return inserted;
                }
            }
        }
    },

    /** H2 counts each statement of a batch, and returns nothing. */
    COUNTED {
        @Override
        Set<UUID> insert(Connection connection, List<DeliveryStore.NewEvent> events, Instant now) throws SQLException {
            String insert = "INSERT INTO event (id, topic, event_id, received_at, traceparent, body)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
            OffsetDateTime at = Sql.utc(now);
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                for (DeliveryStore.NewEvent event : events) {
                    statement.setObject(1, event.key());
                    statement.setString(2, event.topic().value());
                    statement.setString(3, event.id());
                    statement.setObject(4, at);
                    statement.setString(5, event.traceparent().orElse(null));
                    statement.setBytes(6, event.body());
                    statement.addBatch();
                }
                return DeliveryStore.changed(events, statement.executeBatch())
                        .map(DeliveryStore.NewEvent::key)
                        .collect(Collectors.toSet());
            }
        }
    };

    static EventRows of(Connection connection) throws SQLException {
        return Dialect.of(connection) == Dialect.POSTGRESQL ? RETURNED : COUNTED;
    }

    /** The keys of those that were inserted; of the others there was one of the same topic and id. */
    abstract Set<UUID> insert(Connection connection, List<DeliveryStore.NewEvent> events, Instant now)
            throws SQLException;

    private static UUID[] keys(List<DeliveryStore.NewEvent> events) {
        return events.stream().map(DeliveryStore.NewEvent::key).toArray(UUID[]::new);
    }

    private static String[] topics(List<DeliveryStore.NewEvent> events) {
        return events.stream().map(event -> event.topic().value()).toArray(String[]::new);
    }

    private static String[] ids(List<DeliveryStore.NewEvent> events) {
        return events.stream().map(DeliveryStore.NewEvent::id).toArray(String[]::new);
    }

    private static String[] parents(List<DeliveryStore.NewEvent> events) {
        return events.stream().map(event -> event.traceparent().orElse(null)).toArray(String[]::new);
    }

    private static byte[][] bodies(List<DeliveryStore.NewEvent> events) {
        return events.stream().map(DeliveryStore.NewEvent::body).toArray(byte[][]::new);
    }
}
