package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.egress.BodyWriter;
import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.egress.WebhookClient;
import io.decnet.webhook.egress.WebhookRequest;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.Deed;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** One attempt on demand, whatever the circuit's state: it touches neither the circuit nor the log of deliveries. */
@ApplicationScoped
public class TestDelivery {
    private static final Topic TOPIC = new Topic("test.ping");
    private static final byte[] PAYLOAD =
            "{\"message\":\"A test from DECNET Webhook\"}".getBytes(StandardCharsets.UTF_8);

    @Inject
    SubscriptionIndex index;

    @Inject
    WebhookClient client;

    @Inject
    AuditLog audit;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /**
     * How the receiver took it.
     *
     * @param error is there when it was not delivered
     * @param answer the first 1 KiB of the answer, as it came; never to be shown unescaped
     */
    public record TestResult(
            boolean delivered,
            Optional<Integer> statusCode,
            Optional<String> error,
            long latencyMs,
            Optional<byte[]> answer) {}

    /** Blocks until the receiver answers or the request times out; empty when there is no such subscription. */
    public Optional<TestResult> send(UUID subscription) {
        return send(subscription, PAYLOAD);
    }

    /** The same with a payload of the caller's, which must be JSON. */
    public Optional<TestResult> send(UUID subscription, byte[] payload) {
        return index.refreshed().entry(subscription).map(entry -> send(entry, payload));
    }

    private TestResult send(SubscriptionIndex.Entry entry, byte[] payload) {
        // Before the request: what was asked for stands, however it ends.
        audit.append(Deed.of("webhook.test", entry.id().toString(), entry.name()));
        if (entry.secrets().isEmpty()) {
            return new TestResult(false, Optional.empty(), entry.problem(), 0, Optional.empty());
        }
        String id = ids.next().toString();
        Event ping = new Event(id, TOPIC, "test", clock.instant(), payload, Optional.empty());
        SendResult result = client.send(new WebhookRequest(
                entry.url(),
                ids.next().toString(),
                id,
                TOPIC,
                BodyWriter.write(ping),
                entry.secrets(clock.instant()),
                Optional.empty(),
                entry.requestTimeout()));
        Optional<Integer> status = Outcome.status(result);
        boolean delivered = status.filter(s -> s >= 200 && s < 300).isPresent();
        return new TestResult(
                delivered,
                status,
                delivered ? Optional.empty() : Optional.of(Outcome.error(result)),
                result.took().toMillis(),
                result instanceof SendResult.Answered answered ? Optional.of(answered.excerpt()) : Optional.empty());
    }
}
