package io.decnet.webhook.subscription;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Lists subscriptions in any order, page by page, without reading those of the pages before. */
@Stateless
public class SubscriptionSearch {
    private static final String FROM = " FROM subscription s JOIN circuit c ON c.subscription_id = s.id WHERE ";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    Subscriptions subscriptions;

    /** One page; a cursor of a subscription that is gone starts from the beginning. */
    public Page<SubscriptionView> page(ListQuery query) {
        List<UUID> found = ids(query);
        boolean more = found.size() > query.limit();
        List<UUID> shown = more ? found.subList(0, query.limit()) : found;
        return new Page<>(
                subscriptions.find(shown),
                more ? Optional.of(shown.get(shown.size() - 1).toString()) : Optional.empty());
    }

    /** All of them, in this order, up to the limit. */
    public List<UUID> all(ListQuery query) {
        List<UUID> found = ids(query);
        return found.size() > query.limit() ? found.subList(0, query.limit()) : found;
    }

    private List<UUID> ids(ListQuery query) {
        List<Object> values = new ArrayList<>();
        String sql = "SELECT s.id" + FROM + condition(query, values) + " ORDER BY "
                + query.order().clause() + " LIMIT " + (query.limit() + 1);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
                return ids;
            }
        } catch (SQLException e) {
            throw new IndexRows.Unreadable(e);
        }
    }

    private static String condition(ListQuery query, List<Object> values) {
        StringBuilder where = new StringBuilder("s.deleted_at IS NULL");
        query.state().ifPresent(state -> {
            where.append(" AND c.state = ?");
            values.add(state.name().toLowerCase(Locale.ROOT));
        });
        query.q().ifPresent(q -> {
            where.append(" AND (lower(s.name) LIKE ? ESCAPE '!' OR lower(s.url) LIKE ? ESCAPE '!')");
            String like = SubscriptionViews.like(q);
            values.addAll(List.of(like, like));
        });
        query.after().ifPresent(after -> {
            ListQuery.Order order = query.order();
            where.append(" AND (NOT EXISTS (SELECT 1" + FROM + "s.id = ?) OR " + order.keys() + order.later()
                    + "(SELECT " + order.columns() + FROM + "s.id = ?))");
            values.addAll(List.of(after, after));
        });
        return where.toString();
    }
}
