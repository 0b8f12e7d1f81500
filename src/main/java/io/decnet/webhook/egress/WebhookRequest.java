package io.decnet.webhook.egress;

import io.decnet.webhook.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One POST to be made.
 *
 * @param webhookId the same on every attempt of a delivery
 * @param secrets newest first; never logged
 * @param timeout for everything: look-up, connect, headers, body
 */
public record WebhookRequest(
        String url,
        String webhookId,
        String eventId,
        Topic topic,
        byte[] body,
        List<String> secrets,
        Optional<String> traceparent,
        Duration timeout) {
    @Override
    public String toString() {
        return "webhook " + webhookId;
    }
}
