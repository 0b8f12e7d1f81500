package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Dialect;
import io.decnet.webhook.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Locks the first deliveries of an order, in the caller's transaction. */
@ApplicationScoped
class RowLocks {
    /** The columns of the index of due rows. */
    static final String BY_DUE = "subscription_id, stage, wake_at, id";

    @Inject
    Sql sql;

    /**
     * @param ids in their order
     * @param more whether as many were found as were asked for, so that others may lie behind them
     */
    record Locked(List<UUID> ids, boolean more) {
        static final Locked NONE = new Locked(List.of(), true);
    }

    /**
     * Passes over those that another transaction has locked. On PostgreSQL those behind take their place; on H2 there are fewer then, or none.
     *
     * @param order the columns of an index from its first on, or all that meet the condition are sorted
     * @param values of the blanks of the condition
     */
    Locked first(String condition, String order, int limit, Object... values) {
        if (limit == 0) {
            return Locked.NONE;
        }
        String few = "SELECT id FROM delivery WHERE " + condition + " ORDER BY " + order + " LIMIT " + limit;
        if (sql.dialect() == Dialect.POSTGRESQL) {
            List<UUID> ids = sql.ids(few + " FOR UPDATE SKIP LOCKED", values);
            return new Locked(ids, ids.size() == limit);
        }
        List<UUID> found = sql.ids(few, values);
        return new Locked(found.isEmpty() ? found : lock(found, condition, order, values), found.size() == limit);
    }

    /**
     * H2 sorts what it locks, and so would lock all that meet the condition, whatever the limit. It may have changed since they were found, so it is asked again; IS TRUE keeps H2 from
     * searching by it, and it goes by the ids.
     */
    private List<UUID> lock(List<UUID> ids, String condition, String order, Object... values) {
        List<Object> all = new ArrayList<>(ids);
        Collections.addAll(all, values);
        return sql.ids(
                "SELECT id FROM delivery WHERE id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?"))
                        + ") AND (" + condition + ") IS TRUE ORDER BY " + order + " FOR UPDATE SKIP LOCKED",
                all.toArray());
    }
}
