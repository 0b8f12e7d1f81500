package io.decnet.webhook.egress;

import io.decnet.webhook.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One attempt to be made.
 *
 * @param url as it was saved; judged again before anything is sent
 * @param webhookId the delivery's id, the same on all attempts
 * @param body the exact bytes, see {@link BodyWriter}; not copied, so nobody may change them
 * @param secrets newest first, at least one; all sign in the Standard Webhooks header, the first one in ours
 * @param timeout for the whole attempt, look-up and response body included
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

    /** Neither the secrets nor the body, and no URL, which may hold a token. */
    @Override
    public String toString() {
        return "WebhookRequest[webhookId=" + webhookId + ", eventId=" + eventId + ", topic=" + topic + "]";
    }
}
