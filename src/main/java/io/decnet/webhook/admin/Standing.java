package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.Nodes;
import io.decnet.webhook.subscription.ListQuery;
import io.decnet.webhook.subscription.StateCounts;
import io.decnet.webhook.subscription.SubscriptionSearch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** How the whole system stands. However many pages ask, the tables are asked at most every two seconds. */
@ApplicationScoped
public class Standing {
    private static final Duration STANDS_FOR = Duration.ofSeconds(2);
    private static final int WORST = 8;
    /** So many deliveries that wait are worth a word though nothing fails. */
    private static final long MANY = 100;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriptionSearch search;

    @Inject
    Deliveries deliveries;

    @Inject
    Nodes nodes;

    @Inject
    Clock clock;

    private Instant standsUntil = Instant.MIN;
    private Picture picture = new Picture(new StateCounts(0, 0, 0), Backlog.NONE, 0, List.of(), List.of());

    /**
     * @param stuck unfinished deliveries that nothing would wake
     * @param worst those to be looked at, the worst first
     */
    public record Picture(
            StateCounts counts, Backlog backlog, long stuck, List<Row> worst, List<Nodes.NodeView> nodes) {}

    synchronized Picture picture() {
        Instant now = clock.instant();
        if (!now.isBefore(standsUntil)) {
            Map<UUID, Backlog> backlogs = deliveries.backlogs();
            picture = new Picture(
                    subscriptions.counts(), deliveries.backlog(), deliveries.stuck(), worst(backlogs), nodes.all());
            standsUntil = now.plus(STANDS_FOR);
        }
        return picture;
    }

    private List<Row> worst(Map<UUID, Backlog> backlogs) {
        List<UUID> behind = backlogs.entrySet().stream()
                .filter(entry -> entry.getValue().pending() > MANY)
                .sorted(Comparator.comparingLong(
                        (Map.Entry<UUID, Backlog> entry) -> -entry.getValue().pending()))
                .limit(WORST)
                .map(Map.Entry::getKey)
                .toList();
        Map<UUID, Row> worst = new LinkedHashMap<>();
        Stream.of(
                        search.page(ListQuery.tripped(WORST)).items().stream(),
                        search.page(failing()).items().stream().filter(view -> view.consecutiveFailures() > 0),
                        subscriptions.find(behind).stream())
                .flatMap(views -> views)
                .forEach(view -> worst.putIfAbsent(view.uuid(), row(view, backlogs)));
        return worst.values().stream().limit(WORST).toList();
    }

    private static Row row(SubscriptionView view, Map<UUID, Backlog> backlogs) {
        return new Row(view, backlogs.getOrDefault(view.uuid(), Backlog.NONE));
    }

    private static ListQuery failing() {
        return new ListQuery(
                Optional.of(CircuitState.ACTIVE), Optional.empty(), ListQuery.Order.FAILURES, Optional.empty(), WORST);
    }
}
