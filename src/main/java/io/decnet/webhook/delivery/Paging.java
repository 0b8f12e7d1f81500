package io.decnet.webhook.delivery;

import io.decnet.webhook.subscription.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages by key: the query asks for one row more than the page holds. */
final class Paging {
    private Paging() {}

    static <T> Page<T> page(List<T> rows, int limit, Function<T, String> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, Optional.empty());
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(List.copyOf(items), Optional.of(key.apply(items.get(limit - 1))));
    }
}
