package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Dialect;
import io.decnet.webhook.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Locks the first deliveries of an order, in the caller's transaction. */
@ApplicationScoped
class RowLocks {
    @Inject
    Sql sql;

    /**
     * Passes over those that another transaction has locked. On PostgreSQL others take their place; on H2, where there is no other node, there may be fewer.
     *
     * @param order the columns of an index from its first on, or the rows are sorted
     * @param values of the blanks of the condition
     */
    List<UUID> first(String condition, String order, int limit, Object... values) {
        String few = "SELECT id FROM delivery WHERE " + condition + " ORDER BY " + order + " LIMIT " + limit;
        if (sql.dialect() == Dialect.POSTGRESQL) {
            return sql.ids(few + " FOR UPDATE SKIP LOCKED", values);
        }
        // H2 sorts what it locks, and so would lock all that meet the condition, whatever the limit. What was found
        // before it was locked is asked again; IS TRUE keeps H2 from searching for it again, by an index of those
        // columns.
        return sql.ids(
                "SELECT id FROM delivery WHERE id IN (" + few + ") AND (" + condition + ") IS TRUE ORDER BY " + order
                        + " FOR UPDATE SKIP LOCKED",
                Stream.concat(Stream.of(values), Stream.of(values)).toArray());
    }
}
