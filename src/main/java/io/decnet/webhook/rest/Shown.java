package io.decnet.webhook.rest;

import io.decnet.webhook.delivery.AttemptView;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.delivery.RejectedView;
import io.decnet.webhook.subscription.Page;
import io.decnet.webhook.subscription.SubscriptionSettings;
import io.decnet.webhook.subscription.SubscriptionView;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What clients see of things. */
final class Shown {
    private Shown() {}

    static <T> String page(Page<T> page, Function<T, JsonObjectBuilder> show) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        page.items().forEach(item -> items.add(show.apply(item)));
        return Json.createObjectBuilder()
                .add("items", items)
                .add("next", text(page.next()))
                .build()
                .toString();
    }

    /** A list that is always whole. */
    static <T> String all(List<T> items, Function<T, JsonObjectBuilder> show) {
        return page(new Page<>(items, Optional.empty()), show);
    }

    static JsonObjectBuilder subscription(SubscriptionView s, Backlog backlog) {
        return Json.createObjectBuilder()
                .add("uuid", s.uuid().toString())
                .add("name", s.name())
                .add("url", s.url())
                .add("topic_patterns", texts(s.topicPatterns()))
                .add("enabled", s.enabled())
                .add("state", s.state().label())
                .add("consecutive_failures", s.consecutiveFailures())
                .add("circuit_threshold", s.circuitThreshold())
                .add("last_success_at", time(s.lastSuccessAt()))
                .add("last_failure_at", time(s.lastFailureAt()))
                .add("last_error", text(s.lastError()))
                .add("auto_disabled_at", time(s.autoDisabledAt()))
                .add("created_at", s.createdAt().toString())
                .add("updated_at", s.updatedAt().toString())
                .add("warnings", texts(s.warnings()))
                .add("pending", backlog.pending())
                .add("held", backlog.held())
                .add("settings", settings(s.settings()));
    }

    private static JsonObjectBuilder settings(SubscriptionSettings s) {
        return Json.createObjectBuilder()
                .add("circuit_threshold", number(s.circuitThreshold()))
                .add("retry_schedule", text(s.retrySchedule()))
                .add("concurrency", number(s.concurrency()))
                .add("request_timeout", text(s.requestTimeout()))
                .add("description", text(s.description()));
    }

    static JsonObjectBuilder delivery(DeliveryView d) {
        return Json.createObjectBuilder()
                .add("id", d.id().toString())
                .add("webhook", d.webhook().toString())
                .add("event_id", d.eventId())
                .add("topic", d.topic())
                .add("state", d.state().label())
                .add("attempts", d.attempts())
                .add("created_at", d.createdAt().toString())
                .add("next_attempt_at", time(d.nextAttemptAt()))
                .add("finished_at", time(d.finishedAt()))
                .add("last_status", number(d.lastStatus()))
                .add("last_error", text(d.lastError()));
    }

    static JsonObjectBuilder attempt(AttemptView a) {
        return Json.createObjectBuilder()
                .add("number", a.number())
                .add("at", a.at().toString())
                .add("duration_ms", a.took().toMillis())
                .add("status_code", number(a.statusCode()))
                .add("error", text(a.error()))
                .add("address", text(a.address()))
                .add("response_excerpt", text(a.responseExcerpt().map(b -> new String(b, StandardCharsets.UTF_8))));
    }

    static JsonObjectBuilder rejected(RejectedView r) {
        return Json.createObjectBuilder()
                .add("id", r.id().toString())
                .add("received_at", r.receivedAt().toString())
                .add("destination", r.destination())
                .add("message_id", text(r.messageId()))
                .add("reason", r.reason())
                .add("body", new String(r.body(), StandardCharsets.UTF_8));
    }

    static JsonValue text(Optional<String> value) {
        return value.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
    }

    static JsonValue number(Optional<Integer> value) {
        return value.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
    }

    private static JsonValue time(Optional<Instant> value) {
        return text(value.map(Instant::toString));
    }

    private static JsonArrayBuilder texts(Collection<String> values) {
        return Json.createArrayBuilder(values);
    }
}
