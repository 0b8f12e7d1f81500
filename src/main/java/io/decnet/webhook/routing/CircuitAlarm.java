package io.decnet.webhook.routing;

import io.decnet.webhook.breaker.CircuitChange;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.delivery.SystemEvents;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes {@code system.webhook.tripped} and {@code system.webhook.recovered}, in the transaction of the change. The
 * subscription concerned does not get its own alarm: it could not, or it knows.
 */
@ApplicationScoped
public class CircuitAlarm {
    private static final Topic TRIPPED = new Topic("system.webhook.tripped");
    private static final Topic RECOVERED = new Topic("system.webhook.recovered");

    @Inject
    SubscriptionIndex index;

    @Inject
    SystemEvents events;

    @Inject
    Ids ids;

    void changed(@Observes CircuitChange change) {
        switch (change.kind()) {
            case TRIPPED -> raise(TRIPPED, change);
            case RECOVERED -> raise(RECOVERED, change);
            case ENABLED, PAUSED -> {}
        }
    }

    private void raise(Topic topic, CircuitChange change) {
        Set<SubscriptionIndex.Entry> targets = index.current().match(topic).stream()
                .filter(entry -> !entry.id().equals(change.subscription()))
                .collect(Collectors.toSet());
        String id = ids.next().toString();
        events.store(new Event(id, topic, topic.value(), change.at(), payload(change), Optional.empty()), targets);
    }

    private static byte[] payload(CircuitChange change) {
        JsonObjectBuilder payload = Json.createObjectBuilder()
                .add("at", change.at().toString())
                .add("consecutive_failures", change.consecutiveFailures());
        change.lastError().ifPresentOrElse(e -> payload.add("last_error", e), () -> payload.addNull("last_error"));
        payload.add("name", change.name()).add("uuid", change.subscription().toString());
        return payload.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
