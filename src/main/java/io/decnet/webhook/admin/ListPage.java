package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.errand.Errand;
import io.decnet.webhook.errand.Errands;
import io.decnet.webhook.subscription.ListQuery;
import io.decnet.webhook.subscription.Page;
import io.decnet.webhook.subscription.StateCounts;
import io.decnet.webhook.subscription.SubscriptionSearch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import io.decnet.webhook.tally.Lately;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The list of webhooks, what is wrong first unless the reader wants it otherwise. */
@Named
@RequestScoped
public class ListPage {
    private static final int SHOWN = 50;
    private static final int ALARMS = 3;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriptionSearch search;

    @Inject
    Deliveries deliveries;

    @Inject
    Lately lately;

    @Inject
    Errands errands;

    @Inject
    Settings settings;

    private @Nullable String q;
    private @Nullable String state;
    private @Nullable String sort;
    private @Nullable String after;
    private List<Row> alarms = List.of();
    private List<Row> rows = List.of();
    private Map<UUID, Chart> days = Map.of();
    private long underWay;
    private Optional<String> next = Optional.empty();
    private StateCounts counts = new StateCounts(0, 0, 0);

    /** Once per request, before it is rendered. */
    public void load() {
        counts = subscriptions.counts();
        if (counts.tripped() > 0) {
            alarms = rows(search.page(ListQuery.tripped(ALARMS)));
        }
        Page<SubscriptionView> page = search.page(query());
        rows = rows(page);
        next = page.next();
        days = days();
        underWay = errands.lately().stream()
                .filter(errand -> errand.state() == Errand.State.RUNNING)
                .count();
    }

    private Map<UUID, Chart> days() {
        Map<UUID, Chart> charts = new HashMap<>();
        lately.dayOf(rows.stream().map(row -> row.webhook().uuid()).toList())
                .forEach((id, day) -> charts.put(id, Chart.small(day)));
        return charts;
    }

    /** The last 24 hours of a webhook, if there was anything. */
    public @Nullable Chart day(Row row) {
        return days.get(row.webhook().uuid());
    }

    /** How much long work is under way. */
    public long getUnderWay() {
        return underWay;
    }

    private ListQuery query() {
        return new ListQuery(
                Choice.of(CircuitState.class, state),
                Optional.ofNullable(q).map(String::strip).filter(text -> !text.isEmpty()),
                getOrder(),
                Ids.parse(after),
                SHOWN);
    }

    private List<Row> rows(Page<SubscriptionView> page) {
        Map<UUID, Backlog> backlogs = deliveries.backlogs(
                page.items().stream().map(SubscriptionView::uuid).toList());
        return page.items().stream()
                .map(webhook -> new Row(webhook, backlogs.getOrDefault(webhook.uuid(), Backlog.NONE)))
                .toList();
    }

    public ListQuery.Order getOrder() {
        return Choice.of(ListQuery.Order.class, sort).orElse(ListQuery.Order.WORST);
    }

    public ListQuery.Order[] getOrders() {
        return ListQuery.Order.values();
    }

    public CircuitState[] getStates() {
        return CircuitState.values();
    }

    /** Whether the reader has asked for less than all. */
    public boolean isNarrowed() {
        return !query().q().isEmpty() || !query().state().isEmpty();
    }

    /** The tripped ones to be looked at first. */
    public List<Row> getAlarms() {
        return alarms;
    }

    public long getFurtherAlarms() {
        return counts.tripped() - alarms.size();
    }

    /** How long a delivery is held, in words such as {@code 24h}. */
    public String getHeldFor() {
        return Words.of(settings.holdMaxAge());
    }

    public List<Row> getRows() {
        return rows;
    }

    public StateCounts getCounts() {
        return counts;
    }

    /** Key of the next page, or empty on the last. */
    public String getNext() {
        return next.orElse("");
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getSort() {
        return sort;
    }

    public void setSort(@Nullable String sort) {
        this.sort = sort;
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
