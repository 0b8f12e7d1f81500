package io.decnet.webhook.admin;

import io.decnet.webhook.event.Preset;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.subscription.NewSubscription;
import io.decnet.webhook.subscription.SettingsChange;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.SubscriptionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields every webhook has. */
public class WebhookForm {
    private @Nullable String name;
    private @Nullable String url;
    private @Nullable String secret;
    private @Nullable String patterns;
    private List<String> presets = new ArrayList<>();
    private boolean enabled = true;
    private CircuitWish circuit = CircuitWish.KEEP;

    /** Patterns that make up a preset are shown as that preset. */
    void fill(SubscriptionView webhook) {
        name = webhook.name();
        url = webhook.url();
        List<String> left = new ArrayList<>(webhook.topicPatterns());
        for (Preset preset : Preset.values()) {
            List<String> texts =
                    preset.patterns().stream().map(TopicPattern::value).toList();
            if (left.containsAll(texts)) {
                presets.add(preset.label());
                left.removeAll(texts);
            }
        }
        patterns = String.join("\n", left);
    }

    NewSubscription creation(SettingsChange settings) {
        return new NewSubscription(
                Fields.text(name),
                Fields.text(url),
                Fields.given(secret),
                presets,
                Fields.lines(patterns),
                enabled,
                settings);
    }

    SubscriptionPatch patch(SettingsChange settings) {
        return new SubscriptionPatch(
                Optional.of(Fields.text(name)),
                Optional.of(Fields.text(url)),
                Fields.given(secret),
                Optional.of(presets),
                Optional.of(Fields.lines(patterns)),
                circuit.enabled(),
                false,
                settings);
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUrl(@Nullable String url) {
        this.url = url;
    }

    public @Nullable String getSecret() {
        return secret;
    }

    public void setSecret(@Nullable String secret) {
        this.secret = secret;
    }

    public @Nullable String getPatterns() {
        return patterns;
    }

    public void setPatterns(@Nullable String patterns) {
        this.patterns = patterns;
    }

    public List<String> getPresets() {
        return presets;
    }

    public void setPresets(List<String> presets) {
        this.presets = presets;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public CircuitWish getCircuit() {
        return circuit;
    }

    public void setCircuit(CircuitWish circuit) {
        this.circuit = circuit;
    }
}
