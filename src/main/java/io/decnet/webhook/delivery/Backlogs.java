package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many deliveries wait. Counting few is exact at any moment; what was dear to count is not counted again for two
 * seconds, so a million waiting rows cost no more however often somebody asks. Safe for any thread.
 */
@ApplicationScoped
class Backlogs {
    /** Counting this many takes a moment. */
    private static final long DEAR = 10_000;

    private static final Duration DEAR_FOR_ALL = Duration.ofMillis(50);
    private static final Duration STANDS_FOR = Duration.ofSeconds(2);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    private final Map<UUID, Counted> dear = new ConcurrentHashMap<>();
    private Map<UUID, Backlog> all = Map.of();
    private Instant allCountedAt = Instant.EPOCH;
    private Duration allStandFor = Duration.ZERO;

    private record Counted(Backlog backlog, Instant at) {}

    /** A clock that was set back makes it out of date as well. */
    private static boolean stands(Instant at, Duration standsFor, Instant now) {
        return !now.isBefore(at) && now.isBefore(at.plus(standsFor));
    }

    /** The backlog of each of these subscriptions that has one. */
    Map<UUID, Backlog> of(Collection<UUID> subscriptions) {
        Instant now = clock.instant();
        dear.values().removeIf(counted -> !stands(counted.at(), STANDS_FOR, now));
        Map<UUID, Backlog> backlogs = new HashMap<>();
        subscriptions.forEach(id -> {
            Counted counted = dear.get(id);
            if (counted != null) {
                backlogs.put(id, counted.backlog());
            }
        });
        Object[] others = subscriptions.stream()
                .filter(id -> !backlogs.containsKey(id))
                .distinct()
                .toArray();
        if (others.length > 0) {
            String among = String.join(", ", Collections.nCopies(others.length, "?"));
            Map<UUID, Backlog> counted = count(" WHERE c.subscription_id IN (" + among + ")", others);
            counted.forEach((id, backlog) -> {
                if (backlog.pending() + backlog.held() + backlog.failed() > DEAR) {
                    dear.put(id, new Counted(backlog, clock.instant()));
                }
            });
            backlogs.putAll(counted);
        }
        return backlogs;
    }

    /** The backlog of every subscription that has one. */
    synchronized Map<UUID, Backlog> ofAll() {
        Instant before = clock.instant();
        if (!stands(allCountedAt, allStandFor, before)) {
            all = Map.copyOf(count(""));
            allCountedAt = clock.instant();
            boolean cheap = Duration.between(before, allCountedAt).compareTo(DEAR_FOR_ALL) < 0;
            allStandFor = cheap ? Duration.ZERO : STANDS_FOR;
        }
        return all;
    }

    private Map<UUID, Backlog> count(String which, Object... values) {
        // Circuit by circuit: so each count is a range of an index, and delivered rows, the most by far, are never
        // read.
        String query = "SELECT c.subscription_id, c.state, " + count(Stage.NEW) + " + " + count(Stage.RETRY) + " + "
                + count(Stage.CLAIMED) + ", " + count(Stage.FAILED) + " FROM circuit c" + which;
        Map<UUID, Backlog> backlogs = new HashMap<>();
        sql.query(
                query,
                row -> {
                    boolean active = "active".equals(row.getString(2));
                    long unfinished = row.getLong(3);
                    Backlog backlog = new Backlog(active ? unfinished : 0, active ? 0 : unfinished, row.getLong(4));
                    return backlogs.put(row.getObject(1, UUID.class), backlog) == null;
                },
                values);
        backlogs.values().removeIf(Backlog.NONE::equals);
        return backlogs;
    }

    private static String count(Stage stage) {
        return "(SELECT count(*) FROM delivery d WHERE d.subscription_id = c.subscription_id AND d.stage = "
                + stage.code() + ")";
    }
}
