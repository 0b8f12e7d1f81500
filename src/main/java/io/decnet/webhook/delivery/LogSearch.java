package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Dialect;
import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.subscription.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds a page of a subscription's log in a bounded time, whatever is asked and however long the log is, without an index of its own: where few rows
 * can be meant (of an event id, of a rare topic, of a rare state) all of these are taken; else the log is walked from its new end, so many rows a
 * page. A page may therefore be short, even empty, though there is a next one. Not bounded is what H2 has to sort: all of the subscription that has not ended.
 *
 * <p>For example, the failed ones among a million: the index of due rows says that there are 300, which are sorted. The delivered ones: there are
 * too many to sort, so almost every row of the log is one, and the walk ends after fifty.
 */
@ApplicationScoped
class LogSearch {
    /** Rows looked at for one page; they take some tens of milliseconds. */
    static final int LOOKED_AT = 20_000;
    /** So many events are looked up one by one before the planner prefers to read the whole log. */
    private static final int FEW_EVENTS = 1_000;

    /** What is shown or decides what is: the rest of a row, above all what receivers have said, stays where it is. */
    private static final String ROWS =
            "SELECT f.id, f.subscription_id, f.event, f.stage, f.attempts, f.created_at, f.wake_at,"
                    + " f.finished_at, f.last_status, f.last_error FROM ";

    @Inject
    Sql sql;

    /** Where a page comes from: rows of deliveries, with the values of its blanks; {@code walked} when more may lie behind them. */
    private record Source(String rows, List<Object> values, boolean walked) {}

    Page<DeliveryView> page(UUID subscription, DeliveryQuery query) {
        Source source = source(subscription, query);
        List<Object> values = new ArrayList<>(source.values());
        String rows = "SELECT w.* FROM (" + source.rows() + ") w" + rest(subscription, query, values)
                + " ORDER BY w.id DESC LIMIT " + (query.limit() + 1);
        String select = Deliveries.COLUMNS + " FROM (" + rows + ") d JOIN event e ON e.id = d.event"
                + " JOIN circuit c ON c.subscription_id = d.subscription_id ORDER BY d.id DESC";
        Page<DeliveryView> page = Paging.page(
                sql.query(select, Deliveries::view, values.toArray()),
                query.limit(),
                view -> view.id().toString());
        return page.next().isPresent() || !source.walked()
                ? page
                : new Page<>(page.items(), lastLookedAt(source).map(UUID::toString));
    }

    private Source source(UUID subscription, DeliveryQuery query) {
        if (query.eventId().isPresent()) {
            return ofEvents("event_id", query.eventId().get(), subscription, query);
        }
        if (query.topic().isPresent()
                && isFew("event WHERE topic = ?", query.topic().get(), FEW_EVENTS)) {
            return ofEvents("topic", query.topic().get(), subscription, query);
        }
        if (query.state().isPresent()) {
            String ofState = "delivery f WHERE f.subscription_id = ? AND f.stage "
                    + query.state().get().stages();
            if (isFew(ofState, subscription, LOOKED_AT)) {
                List<Object> values = new ArrayList<>(List.of(subscription));
                return new Source(ROWS + ofState + interval(query, values) + " LIMIT " + LOOKED_AT, values, false);
            }
        }
        return walk(subscription, query);
    }

    /** The limit tells the planner how few they are, so that it takes the events first. */
    private static Source ofEvents(String column, String value, UUID subscription, DeliveryQuery query) {
        List<Object> values = new ArrayList<>(List.of(value, subscription));
        return new Source(
                ROWS + "(SELECT id FROM event WHERE " + column + " = ? LIMIT " + FEW_EVENTS
                        + ") x JOIN delivery f ON f.event = x.id WHERE f.subscription_id = ?"
                        + interval(query, values),
                values,
                false);
    }

    private Source walk(UUID subscription, DeliveryQuery query) {
        boolean filtered = query.state().isPresent() || query.topic().isPresent();
        int most = filtered ? LOOKED_AT : query.limit() + 1;
        List<Object> values = new ArrayList<>();
        String key = "f." + LogKey.of(sql.dialect());
        boolean wholeLog = sql.dialect() == Dialect.POSTGRESQL
                || query.state().filter(DeliveryState::isFinished).isPresent();
        if (wholeLog) {
            return new Source(indexed(key, subscription, query, most, values), values, filtered);
        }
        String rows = "(" + indexed(key, subscription, query, most, values) + ") UNION ALL ("
                + unfinished(subscription, query, most, values) + ")";
        return new Source("SELECT f.* FROM (" + rows + ") f ORDER BY f.id DESC LIMIT " + most, values, filtered);
    }

    /** With the key before the id, or H2 takes no order from the index. */
    private static String indexed(String key, UUID subscription, DeliveryQuery query, int most, List<Object> values) {
        values.add(subscription);
        return ROWS + "delivery f WHERE " + key + " = ?" + interval(query, values) + " ORDER BY " + key
                + " DESC, f.id DESC LIMIT " + most;
    }

    /** What H2's index of the log has not: all of it is sorted. */
    private static String unfinished(UUID subscription, DeliveryQuery query, int most, List<Object> values) {
        values.add(subscription);
        return ROWS + "(SELECT f.id FROM delivery f WHERE f.subscription_id = ? AND f.stage " + Stage.UNFINISHED
                + interval(query, values) + " ORDER BY f.id DESC LIMIT " + most + ") n JOIN delivery f ON f.id = n.id";
    }

    private static String interval(DeliveryQuery query, List<Object> values) {
        StringBuilder conditions = new StringBuilder();
        and(conditions, values, "f.id < ?", query.after());
        and(conditions, values, "f.id >= ?", query.since().map(IdsByTime::earliest));
        and(conditions, values, "f.id < ?", query.until().map(IdsByTime::latest));
        and(conditions, values, "f.created_at >= ?", query.since());
        and(conditions, values, "f.created_at < ?", query.until());
        return conditions.toString();
    }

    private static void and(StringBuilder conditions, List<Object> values, String condition, Optional<?> value) {
        value.ifPresent(present -> {
            conditions.append(" AND ").append(condition);
            values.add(present);
        });
    }

    /** As subqueries, row by row: a join would have all events read once for all. */
    private static String rest(UUID subscription, DeliveryQuery query, List<Object> values) {
        List<String> conditions = new ArrayList<>();
        query.state().ifPresent(state -> {
            conditions.add("w.stage " + state.stages());
            state.circuit().ifPresent(condition -> {
                conditions.add("(SELECT c.state FROM circuit c WHERE c.subscription_id = ?) " + condition);
                values.add(subscription);
            });
        });
        query.topic().ifPresent(topic -> {
            conditions.add("(SELECT t.topic FROM event t WHERE t.id = w.event) = ?");
            values.add(topic);
        });
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private boolean isFew(String rows, Object value, int most) {
        String count = "SELECT count(*) FROM (SELECT 1 AS one FROM " + rows + " LIMIT " + (most + 1) + ") few";
        return sql.query(count, row -> row.getLong(1), value).stream().allMatch(found -> found <= most);
    }

    /** Empty when the log ends before. */
    private Optional<UUID> lastLookedAt(Source walk) {
        String last = "SELECT w.id FROM (" + walk.rows() + ") w ORDER BY w.id DESC LIMIT 1 OFFSET " + (LOOKED_AT - 1);
        return sql.ids(last, walk.values().toArray()).stream().findFirst();
    }
}
