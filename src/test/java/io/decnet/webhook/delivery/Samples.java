package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.subscription.SubscriptionIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A subscription and deliveries for tests in which nothing depends on what they say. */
final class Samples {
    private Samples() {}

    static SubscriptionIndex.Entry entry(UUID subscription, CircuitState state, long epoch) {
        return new SubscriptionIndex.Entry(
                subscription,
                "siem",
                "http://127.0.0.1:9/",
                state,
                epoch,
                5,
                List.of(),
                8,
                Duration.ofSeconds(10),
                List.of(),
                Instant.MIN,
                List.of(),
                Optional.empty());
    }

    static ClaimedDelivery delivery(UUID subscription) {
        return delivery(subscription, new byte[0]);
    }

    static ClaimedDelivery delivery(UUID subscription, byte[] body) {
        return new ClaimedDelivery(
                UUID.randomUUID(), 1, subscription, "e1", new Topic("a.b"), body, Optional.empty(), 0, 0);
    }
}
