package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which subscriptions to list, and in which order.
 *
 * @param q looked for in name and URL, whatever its case
 * @param after the last one of the page before
 */
public record ListQuery(
        Optional<CircuitState> state, Optional<String> q, Order order, Optional<UUID> after, int limit) {

    /** The order of the list; the id decides between equals. */
    public enum Order {
        /** Tripped ones, then those that fail, then paused ones, then the rest, each by name. */
        WORST(
                "",
                "CASE WHEN c.state = 'tripped' THEN 0 WHEN c.consecutive_failures > 0 THEN 1"
                        + " WHEN c.state = 'paused' THEN 2 ELSE 3 END",
                "lower(s.name)"),
        NAME("", "lower(s.name)"),
        FAILURES(" DESC", "c.consecutive_failures"),
        LAST_FAILURE(" DESC", "coalesce(c.last_failure_at, " + NEVER + ")"),
        LAST_SUCCESS(" DESC", "coalesce(c.last_success_at, " + NEVER + ")"),
        NEWEST(" DESC", "s.created_at");

        private final String direction;
        private final List<String> keys;

        Order(String direction, String... keys) {
            this.direction = direction;
            this.keys = Stream.concat(Stream.of(keys), Stream.of("s.id")).toList();
        }

        /** The values that decide, to be compared as one. */
        String keys() {
            return "(" + columns() + ")";
        }

        String columns() {
            return String.join(", ", keys);
        }

        /** How what comes later compares to what comes before. */
        String later() {
            return direction.isEmpty() ? " > " : " < ";
        }

        String clause() {
            return keys.stream().map(key -> key + direction).collect(Collectors.joining(", "));
        }
    }

    private static final String NEVER = "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'";

    /** The tripped ones, what failed last first. */
    public static ListQuery tripped(int limit) {
        return new ListQuery(
                Optional.of(CircuitState.TRIPPED), Optional.empty(), Order.LAST_FAILURE, Optional.empty(), limit);
    }
}
