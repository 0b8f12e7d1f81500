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

    /** How the receiver took it; {@code error} is there when it was not delivered. */
    public record TestResult(boolean delivered, Optional<Integer> statusCode, Optional<String> error, long latencyMs) {}

    /** Blocks until the receiver answers or the request times out; empty when there is no such subscription. */
    public Optional<TestResult> send(UUID subscription) {
        return index.refreshed().entry(subscription).map(this::send);
    }

    private TestResult send(SubscriptionIndex.Entry entry) {
        // Before the request: what was asked for stands, however it ends.
        audit.append(Deed.of("webhook.test", entry.id().toString(), entry.name()));
        String id = ids.next().toString();
        Event ping = new Event(id, TOPIC, "test", clock.instant(), PAYLOAD, Optional.empty());
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
                result.took().toMillis());
    }
}
