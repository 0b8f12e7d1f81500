package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.sql.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Removes what need not be kept: the rows of deleted subscriptions, and what is older than its retention. Short
 * transactions, a chunk each. Rows another node is removing, or an operator is replaying, are passed over.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Retention {
    private static final int CHUNK = 1000;
    /** A batch that was matched before the delete is in the table long before. On H2 no foreign key would stop one that comes later. */
    private static final Duration OUTLIVES_DELETE = Duration.ofHours(1);

    @Inject
    Sql sql;

    @Inject
    RowLocks locks;

    @Inject
    Settings settings;

    @Inject
    DatabaseClock clock;

    /** How far the walk over the events has come, in the order of their age. */
    public record EventMark(Instant receivedAt, UUID id) {
        static final EventMark START = new EventMark(Instant.EPOCH, new UUID(0, 0));
    }

    private record OldEvent(EventMark mark, boolean forgotten) {
        static OldEvent read(ResultSet row) throws SQLException {
            Instant receivedAt = row.getObject(1, OffsetDateTime.class).toInstant();
            return new OldEvent(new EventMark(receivedAt, row.getObject(2, UUID.class)), row.getBoolean(3));
        }
    }

    /** @param next where to go on; empty at the end */
    public record EventsRemoved(int events, Optional<EventMark> next) {}

    /** A chunk of those that have deliveries left, or whose own time is over. */
    public List<UUID> deletedSubscriptions() {
        return sql.ids(
                "SELECT id FROM subscription WHERE deleted_at IS NOT NULL AND (deleted_at <= ? OR EXISTS"
                        + " (SELECT 1 FROM delivery d WHERE d.subscription_id = subscription.id)) LIMIT " + CHUNK,
                ended());
    }

    private Instant ended() {
        return clock.instant().minus(OUTLIVES_DELETE);
    }

    /** A chunk of the deliveries of a deleted subscription, or its own row when it has none and its time is over; returns how many deliveries went. */
    public int purge(UUID subscription) {
        List<UUID> chunk = locks.first("subscription_id = ?", RowLocks.BY_DUE, CHUNK, subscription)
                .ids();
        remove(chunk);
        if (chunk.isEmpty()) {
            sql.update(
                    "DELETE FROM subscription WHERE id = ? AND deleted_at <= ?"
                            + " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.subscription_id = subscription.id)",
                    subscription,
                    ended());
        }
        return chunk.size();
    }

    /** A chunk of finished deliveries whose time is over; returns how many went. */
    public int removeDeliveries() {
        return removeEnded(Stage.DELIVERED, settings.retentionDelivered())
                + removeEnded(Stage.FAILED, settings.retentionFailed())
                + removeEnded(Stage.DISCARDED, settings.retentionFailed());
    }

    private int removeEnded(Stage stage, Duration kept) {
        List<UUID> chunk = locks.first(
                        "stage = ? AND since <= ?",
                        "stage, since",
                        CHUNK,
                        stage.code(),
                        clock.instant().minus(kept))
                .ids();
        remove(chunk);
        return chunk.size();
    }

    private void remove(List<UUID> deliveries) {
        sql.updateEach("DELETE FROM attempt WHERE delivery_id = ?", deliveries);
        sql.updateEach("DELETE FROM delivery WHERE id = ?", deliveries);
    }

    /** Of a chunk of old events those that no delivery refers to any more: their ids may come again. */
    public EventsRemoved removeEvents(EventMark after) {
        List<OldEvent> chunk = sql.query(
                "SELECT received_at, id, NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event = event.id) FROM event"
                        + " WHERE received_at <= ? AND received_at >= ? AND (received_at > ? OR id > ?)"
                        + " ORDER BY received_at, id LIMIT " + CHUNK,
                OldEvent::read,
                clock.instant().minus(settings.retentionDelivered()),
                after.receivedAt(),
                after.receivedAt(),
                after.id());
        int removed = sql.updateEach(
                "DELETE FROM event WHERE id = ?",
                chunk.stream()
                        .filter(OldEvent::forgotten)
                        .map(event -> event.mark().id())
                        .toList());
        return new EventsRemoved(
                removed,
                chunk.size() < CHUNK
                        ? Optional.empty()
                        : Optional.of(chunk.get(CHUNK - 1).mark()));
    }

    /** A chunk of messages that could not be read; returns how many went. */
    public int removeRejected() {
        // In the order of their ids, which is that of their age.
        String oldest = "SELECT id FROM rejected_event WHERE received_at <= ? ORDER BY id LIMIT " + CHUNK;
        return sql.updateEach(
                "DELETE FROM rejected_event WHERE id = ?",
                sql.ids(oldest, clock.instant().minus(settings.retentionRejected())));
    }
}
