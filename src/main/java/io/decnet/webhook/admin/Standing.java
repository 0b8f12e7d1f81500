package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.Nodes;
import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.subscription.ListQuery;
import io.decnet.webhook.subscription.StateCounts;
import io.decnet.webhook.subscription.SubscriptionSearch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import io.decnet.webhook.tally.Glance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** How the whole system stands. However many pages ask, the tables are asked at most every two seconds, and after each change. */
@ApplicationScoped
public class Standing {
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

    private final Glance<Picture> glance =
            new Glance<>(new Picture(new StateCounts(0, 0, 0), Backlog.NONE, 0, List.of(), List.of()), this::look);

    /**
     * @param stuck unfinished deliveries that nothing would wake
     * @param worst those to be looked at, the worst first
     */
    public record Picture(
            StateCounts counts, Backlog backlog, long stuck, List<Row> worst, List<Nodes.NodeView> nodes) {}

    /** As it was last seen, also when the database is away now. */
    Picture picture() {
        return glance.get(clock);
    }

    /** Whether the picture is from before the database was away. */
    boolean isOld() {
        return glance.isOld();
    }

    /** A page that is told of a trip must not be shown the picture from before it. */
    void swapped(@Observes IndexSwapped swap) {
        if (swap.before().seq() != swap.after().seq()) {
            glance.drop();
        }
    }

    private Picture look() {
        Map<UUID, Backlog> backlogs = deliveries.backlogs();
        return new Picture(
                subscriptions.counts(), deliveries.backlog(), deliveries.stuck(), worst(backlogs), nodes.all());
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
