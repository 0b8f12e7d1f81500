package io.decnet.webhook.admin;

import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryQuery;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.subscription.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of deliveries of one webhook, newest first. */
@Named
@RequestScoped
public class DeliveriesPage {
    private static final int SHOWN = 50;
    private static final Map<String, Duration> AGES =
            Map.of("15m", Duration.ofMinutes(15), "1h", Duration.ofHours(1), "24h", Duration.ofHours(24));

    @Inject
    Deliveries deliveries;

    @Inject
    WebhookAddress webhook;

    @Inject
    Clock clock;

    private @Nullable String state;
    private @Nullable String topic;
    private @Nullable String event;
    private @Nullable String age;
    private @Nullable String after;
    private List<DeliveryView> rows = List.of();
    private Optional<String> next = Optional.empty();

    /** Once per request, before it is rendered. */
    public void load() {
        webhook.found().ifPresent(found -> {
            Page<DeliveryView> page = deliveries.page(found.uuid(), query());
            rows = page.items();
            next = page.next();
        });
    }

    private DeliveryQuery query() {
        return new DeliveryQuery(
                Choice.of(DeliveryState.class, state),
                Fields.given(topic),
                Fields.given(event),
                Optional.ofNullable(age).map(AGES::get).map(clock.instant()::minus),
                Optional.empty(),
                Ids.parse(after),
                SHOWN);
    }

    public DeliveryState[] getStates() {
        return DeliveryState.values();
    }

    public List<String> getAges() {
        return List.of("15m", "1h", "24h");
    }

    public List<DeliveryView> getRows() {
        return rows;
    }

    /** Whether the page is short though more may follow: only so many rows are looked at for one page. */
    public boolean isUnfinished() {
        return next.isPresent() && rows.size() < SHOWN;
    }

    /** Key of the next page, or empty on the last. */
    public String getNext() {
        return next.orElse("");
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getTopic() {
        return topic;
    }

    public void setTopic(@Nullable String topic) {
        this.topic = topic;
    }

    /** The id its producer gave the event. */
    public @Nullable String getEvent() {
        return event;
    }

    public void setEvent(@Nullable String event) {
        this.event = event;
    }

    public @Nullable String getAge() {
        return age;
    }

    public void setAge(@Nullable String age) {
        this.age = age;
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
