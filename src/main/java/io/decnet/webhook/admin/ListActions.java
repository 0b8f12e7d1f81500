package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.bus.BusPublisher;
import io.decnet.webhook.delivery.TestDelivery;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the buttons of the list do. They carry the id of their webhook, not a row number: the list moves by itself, and a click must never hit the one
 * that has just taken a row's place.
 */
@Named
@RequestScoped
public class ListActions {
    @Inject
    Subscriptions subscriptions;

    @Inject
    PassingFaults faults;

    @Inject
    TestDelivery test;

    @Inject
    BusPublisher bus;

    @Inject
    io.decnet.webhook.config.Ids ids;

    @Inject
    Clock clock;

    @Inject
    Caller caller;

    @Inject
    Harmless harmless;

    @Inject
    Notices notices;

    /** What a button asks for; does nothing when none was pressed. */
    public @Nullable String act() {
        Optional<String> pressed = Buttons.pressed("act");
        if (pressed.isEmpty()) {
            return null;
        }
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        String[] parts = pressed.get().split(":", 2);
        Optional<UUID> id = parts.length == 2 ? Ids.parse(parts[1]) : Optional.empty();
        try {
            id.ifPresentOrElse(uuid -> act(parts[0], uuid), () -> notices.error("webhook.none"));
        } catch (NoSuchSubscription e) {
            notices.error("webhook.gone");
        }
        return parts[0].equals("publish")
                ? id.map(uuid -> "/webhook?faces-redirect=true&id=" + uuid).orElse(Notices.TO_LIST)
                : Notices.TO_LIST;
    }

    private void act(String what, UUID id) {
        switch (what) {
            case "pause" -> notices.info("list.paused", enable(id, false).name());
            case "resume" -> notices.info("list.resumed", enable(id, true).name());
            case "test" -> test(id);
            case "publish" -> publish(id);
            default -> notices.error("list.noaction");
        }
    }

    private SubscriptionView enable(UUID id, boolean enabled) {
        SubscriptionView now = subscriptions.find(id).orElseThrow(() -> new NoSuchSubscription(id));
        // Resume is for what an operator paused; a trip that came meanwhile is cleared in Edit, on purpose.
        return enabled && now.state() == CircuitState.TRIPPED
                ? now
                : faults.answer(() -> subscriptions.patch(id, SubscriptionPatch.enabled(enabled), Optional.empty()));
    }

    /** An event such as this webhook wants, over the bus like any other: all who want it get it. */
    private void publish(UUID id) {
        SubscriptionView webhook = subscriptions.find(id).orElseThrow(() -> new NoSuchSubscription(id));
        Optional<String> topic = FirstEvent.topic(webhook.topicPatterns());
        if (topic.isEmpty()) {
            notices.error("list.noaction");
            return;
        }
        try {
            bus.publish(topic.get(), FirstEvent.PAYLOAD, "test", ids.next().toString(), clock.instant());
            notices.info("first.published", topic.get());
        } catch (BusPublisher.NotPublished e) {
            notices.error("first.unpublished", String.valueOf(e.getMessage()));
        }
    }

    private void test(UUID id) {
        TestDelivery.TestResult result = test.send(id).orElseThrow(() -> new NoSuchSubscription(id));
        if (result.delivered()) {
            notices.info("test.delivered", result.statusCode().orElse(0), result.latencyMs());
        } else {
            notices.error("test.failed", harmless.text(result.error().orElse("–")), result.latencyMs());
        }
    }
}
