package io.decnet.webhook.subscription;

import java.util.List;
import java.util.Optional;

/**
 * A subscription to be created.
 *
 * @param secret empty: one is made
 * @param simpleEvents labels of presets
 */
public record NewSubscription(
        String name,
        String url,
        Optional<String> secret,
        List<String> simpleEvents,
        List<String> topicPatterns,
        boolean enabled,
        SettingsChange settings) {}
