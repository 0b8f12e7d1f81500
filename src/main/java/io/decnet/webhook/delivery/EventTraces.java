package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Finds events by the ids their producers gave them. */
@ApplicationScoped
public class EventTraces {
    private static final String NEWEST_OF_ID =
            "SELECT id, event_id, topic, received_at FROM event WHERE event_id = ? ORDER BY id DESC LIMIT 10";

    @Inject
    Sql sql;

    /** Events of that id, newest first: one id may have come on several topics. */
    public List<StoredEvent> events(String eventId) {
        return sql.query(
                NEWEST_OF_ID,
                row -> new StoredEvent(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()),
                eventId);
    }
}
