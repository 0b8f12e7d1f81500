package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.TestDelivery;
import io.decnet.webhook.egress.Version;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.Page;
import io.decnet.webhook.subscription.StateCounts;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The list of webhooks, what is wrong first. Its buttons carry the id of their webhook, not a row number: the list moves
 * by itself, and a click must never hit the one that has just taken a row's place.
 */
@Named
@RequestScoped
public class ListPage {
    private static final int AT_ONCE = 1000;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Deliveries deliveries;

    @Inject
    TestDelivery test;

    @Inject
    Caller caller;

    private List<Row> rows = List.of();
    private StateCounts counts = new StateCounts(0, 0, 0);

    /** Once per request, before it is rendered. */
    public void load() {
        Map<UUID, Backlog> backlogs = deliveries.backlogs();
        rows = all().stream()
                .map(webhook -> new Row(webhook, backlogs.getOrDefault(webhook.uuid(), Backlog.NONE)))
                .sorted(Comparator.comparing(ListPage::urgency)
                        .thenComparing(row -> row.webhook().name(), String.CASE_INSENSITIVE_ORDER))
                .toList();
        counts = new StateCounts(
                rows.stream().filter(Row::isActive).count(),
                rows.stream().filter(Row::isPaused).count(),
                rows.stream().filter(Row::isTripped).count());
    }

    private List<SubscriptionView> all() {
        List<SubscriptionView> all = new ArrayList<>();
        Optional<UUID> after = Optional.empty();
        do {
            Page<SubscriptionView> page = subscriptions.list(Optional.empty(), Optional.empty(), after, AT_ONCE);
            all.addAll(page.items());
            after = page.next().map(UUID::fromString);
        } while (after.isPresent());
        return all;
    }

    private static int urgency(Row row) {
        return row.isTripped() ? 0 : row.isPaused() ? 1 : 2;
    }

    /** What a button of the list asks for; does nothing when none was pressed. */
    public @Nullable String act() {
        String wish = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get("act");
        if (wish == null) {
            return null;
        }
        if (!caller.isAllowedToChange()) {
            Notices.error("The role viewer may not change anything.");
            return Notices.TO_LIST;
        }
        String[] parts = wish.split(":", 2);
        Optional<UUID> id = parts.length == 2 ? Ids.parse(parts[1]) : Optional.empty();
        try {
            id.ifPresentOrElse(uuid -> act(parts[0], uuid), () -> Notices.error("There is no such webhook."));
        } catch (NoSuchSubscription e) {
            Notices.error("This webhook has been deleted.");
        }
        return Notices.TO_LIST;
    }

    private void act(String what, UUID id) {
        switch (what) {
            case "pause" -> Notices.info("Paused: " + name(enable(id, false)) + ". Matching events are held.");
            case "resume" -> Notices.info("Resumed: " + name(enable(id, true)) + ". What was held is being delivered.");
            case "test" -> test(id);
            default -> Notices.error("There is no such action.");
        }
    }

    private SubscriptionView enable(UUID id, boolean enabled) {
        SubscriptionView now = subscriptions.find(id).orElseThrow(() -> new NoSuchSubscription(id));
        // Resume is for what an operator paused; a trip that came meanwhile is cleared in Edit, on purpose.
        return enabled && now.state() == CircuitState.TRIPPED
                ? now
                : subscriptions.patch(id, SubscriptionPatch.enabled(enabled), Optional.empty());
    }

    private static String name(SubscriptionView webhook) {
        return webhook.name();
    }

    private void test(UUID id) {
        TestDelivery.TestResult result = test.send(id).orElseThrow(() -> new NoSuchSubscription(id));
        if (result.delivered()) {
            Notices.info(
                    "Test delivered: HTTP " + result.statusCode().orElse(0) + " in " + result.latencyMs() + " ms.");
        } else {
            Notices.error("Test not delivered: " + result.error().orElse("no answer") + " after " + result.latencyMs()
                    + " ms.");
        }
    }

    public List<Row> getRows() {
        return rows;
    }

    public StateCounts getCounts() {
        return counts;
    }

    public String getVersion() {
        return Version.CURRENT;
    }
}
