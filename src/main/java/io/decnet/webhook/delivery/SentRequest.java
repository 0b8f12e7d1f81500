package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.WebhookHeaders;
import io.decnet.webhook.egress.WebhookRequest;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** Tells what an attempt has sent. Headers are not stored: they are made again, with the secrets that sign now. */
@ApplicationScoped
public class SentRequest {
    @Inject
    SubscriptionIndex index;

    /** The headers of the attempt; none when its subscription is gone or its secret cannot be read. After a rotation the signatures are those of a replay. */
    public Map<String, String> headers(DeliveryDetail detail, AttemptView attempt) {
        DeliveryView delivery = detail.delivery();
        return index.current()
                .entry(delivery.webhook())
                .filter(entry -> !entry.secrets().isEmpty())
                .map(entry -> WebhookHeaders.of(
                        new WebhookRequest(
                                entry.url(),
                                delivery.id().toString(),
                                delivery.eventId(),
                                new Topic(delivery.topic()),
                                detail.eventBody(),
                                entry.secrets(attempt.at()),
                                Optional.empty(),
                                entry.requestTimeout()),
                        attempt.at()))
                .orElseGet(Map::of);
    }
}
