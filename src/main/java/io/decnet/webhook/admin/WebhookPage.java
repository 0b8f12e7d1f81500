package io.decnet.webhook.admin;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryQuery;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.delivery.Dispatcher;
import io.decnet.webhook.delivery.LaneView;
import io.decnet.webhook.subscription.CircuitHistory;
import io.decnet.webhook.subscription.CircuitMoment;
import io.decnet.webhook.subscription.SubscriptionSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One webhook: how it is now, what became of its circuit, its settings, its newest deliveries. */
@Named
@RequestScoped
public class WebhookPage {
    private static final int MOMENTS = 20;
    private static final int NEWEST = 10;

    @Inject
    WebhookAddress webhook;

    @Inject
    Deliveries deliveries;

    @Inject
    CircuitHistory circuitHistory;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Settings settings;

    @Inject
    Language language;

    private Optional<Row> row = Optional.empty();
    private List<CircuitMoment> history = List.of();
    private List<DeliveryView> newest = List.of();
    private Optional<LaneView> lane = Optional.empty();

    /** Once per request, before it is rendered. */
    public void load() {
        webhook.found().ifPresent(found -> {
            row = Optional.of(new Row(
                    found, deliveries.backlogs(List.of(found.uuid())).getOrDefault(found.uuid(), Backlog.NONE)));
            history = circuitHistory.of(found.uuid(), MOMENTS);
            lane = dispatcher.lane(found.uuid());
            newest = deliveries.page(found.uuid(), DeliveryQuery.newest(NEWEST)).items();
        });
    }

    /** Names of settings with the values in force; the default is said to be it. */
    public Map<String, String> getInForce() {
        Map<String, String> inForce = new LinkedHashMap<>();
        row.map(Row::webhook).ifPresent(found -> {
            SubscriptionSettings own = found.settings();
            inForce.put("edit.threshold", own(own.circuitThreshold(), settings.circuitThreshold()));
            inForce.put(
                    "edit.schedule",
                    own(
                            own.retrySchedule(),
                            settings.retrySchedule().stream().map(Words::of).collect(Collectors.joining(","))));
            inForce.put("edit.concurrency", own(own.concurrency(), settings.subscriptionConcurrency()));
            inForce.put("edit.timeout", own(own.requestTimeout(), Words.of(settings.requestTimeout())));
            own.description().ifPresent(text -> inForce.put("edit.description", text));
        });
        return inForce;
    }

    private String own(Optional<?> own, Object standard) {
        return own.map(String::valueOf).orElseGet(() -> language.text("webhook.default", String.valueOf(standard)));
    }

    public @Nullable Row getRow() {
        return row.orElse(null);
    }

    public List<CircuitMoment> getHistory() {
        return history;
    }

    public List<DeliveryView> getNewest() {
        return newest;
    }

    public @Nullable LaneView getLane() {
        return lane.orElse(null);
    }
}
