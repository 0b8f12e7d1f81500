package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.security.Deed;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the audit log is told of subscriptions. Of a secret only that there is a new one. */
final class Deeds {
    private static final String SECRET = "secret";
    private static final String STATE = "state";

    private Deeds() {}

    static Deed created(SubscriptionView view) {
        return Deed.created("webhook.create", view.uuid().toString(), view.name(), fields(view));
    }

    static Deed deleted(SubscriptionView view) {
        return Deed.deleted("webhook.delete", view.uuid().toString(), view.name(), fields(view));
    }

    static Deed rotated(SubscriptionView view) {
        return Deed.created("webhook.rotate-secret", view.uuid().toString(), view.name(), Map.of(SECRET, "rotated"));
    }

    static Deed patched(SubscriptionView before, SubscriptionView after, SubscriptionPatch patch) {
        Map<String, String> now = fields(after);
        patch.secret().ifPresent(secret -> now.put(SECRET, "rotated"));
        if (patch.discardHeld()) {
            now.put("held", "discarded");
        }
        Deed deed = Deed.changed("", after.uuid().toString(), after.name(), fields(before), now);
        boolean onlyTheCircuit =
                deed.after().keySet().stream().allMatch(field -> field.equals(STATE) || field.equals("held"));
        String circuit = after.state() == CircuitState.ACTIVE ? "webhook.enable" : "webhook.pause";
        return new Deed(
                onlyTheCircuit ? circuit : "webhook.update", deed.subject(), deed.name(), deed.before(), deed.after());
    }

    private static Map<String, String> fields(SubscriptionView view) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("name", view.name());
        fields.put("url", view.url());
        fields.put("topic_patterns", String.join(" ", view.topicPatterns()));
        fields.put(STATE, view.state().name().toLowerCase(Locale.ROOT));
        SubscriptionSettings settings = view.settings();
        settings.circuitThreshold().ifPresent(value -> fields.put("settings.circuit_threshold", value.toString()));
        settings.retrySchedule().ifPresent(value -> fields.put("settings.retry_schedule", value));
        settings.concurrency().ifPresent(value -> fields.put("settings.concurrency", value.toString()));
        settings.requestTimeout().ifPresent(value -> fields.put("settings.request_timeout", value));
        settings.description().ifPresent(value -> fields.put("settings.description", value));
        return fields;
    }
}
