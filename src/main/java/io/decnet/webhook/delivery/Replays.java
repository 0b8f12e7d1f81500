package io.decnet.webhook.delivery;

import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.Deed;
import io.decnet.webhook.sql.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Re-opens finished deliveries, a chunk in a transaction, oldest first: so they are delivered again in their order. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Replays {
    static final int CHUNK = 1000;

    @Inject
    Sql sql;

    @Inject
    AuditLog audit;

    @Inject
    jakarta.enterprise.event.Event<SystemEvents.RowsWaiting> rowsWaiting;

    @Inject
    DatabaseClock clock;

    /** Which deliveries: those of these states created in the interval. */
    public record Wish(UUID subscription, Optional<Instant> since, Instant until, Set<DeliveryState> states) {}

    /** @param last the delivery to go on after; empty when there are no more */
    public record Chunk(int reopened, Optional<UUID> last) {}

    /** Re-opens one, if it is finished and its circuit active; says whether it did. */
    public boolean reopen(DeliveryView delivery) {
        boolean reopened = isActive(delivery.webhook()) && reopen(delivery.webhook(), List.of(delivery.id())) == 1;
        if (reopened) {
            String what = delivery.topic() + " " + delivery.eventId();
            audit.append(Deed.of("delivery.replay", delivery.id().toString(), what));
        }
        return reopened;
    }

    /** Re-opens the next chunk, if the circuit is active. */
    public Chunk reopen(Wish wish, Optional<UUID> after) {
        if (!isActive(wish.subscription())) {
            return new Chunk(0, Optional.empty());
        }
        UUID start = after.or(() -> wish.since().map(IdsByTime::earliest)).orElse(IdsByTime.LEAST);
        String key = LogKey.of(sql.dialect()); // all of these states have ended
        StringBuilder query = new StringBuilder("SELECT id FROM delivery WHERE " + key + " = ? AND id > ?");
        List<Object> values = new ArrayList<>(List.of(wish.subscription(), start));
        wish.since().ifPresent(since -> {
            query.append(" AND created_at >= ?");
            values.add(since);
        });
        values.add(wish.until());
        query.append(" AND created_at < ? AND stage IN (")
                .append(String.join(
                        ", ",
                        wish.states().stream()
                                .map(state -> String.valueOf(
                                        Stage.valueOf(state.name()).code()))
                                .toList()))
                .append(") ORDER BY ")
                .append(key)
                .append(", id LIMIT ")
                .append(CHUNK);
        List<UUID> ids = sql.ids(query.toString(), values.toArray());
        int reopened = reopen(wish.subscription(), ids);
        if (reopened > 0) {
            audit.append(deed(wish, reopened));
        }
        return new Chunk(reopened, ids.size() < CHUNK ? Optional.empty() : Optional.of(ids.get(CHUNK - 1)));
    }

    private boolean isActive(UUID subscription) {
        return !sql.ids(
                        "SELECT subscription_id FROM circuit WHERE subscription_id = ? AND state = 'active'",
                        subscription)
                .isEmpty();
    }

    private int reopen(UUID subscription, List<UUID> ids) {
        Instant now = clock.instant();
        int reopened = sql.updateEach(
                "UPDATE delivery SET stage = 0, tries = 0, wake_at = ?, since = ?, finished_at = NULL"
                        + " WHERE stage >= 10 AND id = ?",
                ids,
                now,
                now);
        if (reopened > 0) {
            rowsWaiting.fire(new SystemEvents.RowsWaiting(Set.of(subscription)));
        }
        return reopened;
    }

    private static Deed deed(Wish wish, int reopened) {
        Map<String, String> what = new HashMap<>(Map.of("replayed", String.valueOf(reopened)));
        what.put(
                "states",
                String.join(
                        " ",
                        wish.states().stream()
                                .map(DeliveryState::label)
                                .sorted()
                                .toList()));
        wish.since().ifPresent(from -> what.put("since", from.toString()));
        what.put("until", wish.until().toString());
        return Deed.created("webhook.replay", wish.subscription().toString(), "", what);
    }
}
