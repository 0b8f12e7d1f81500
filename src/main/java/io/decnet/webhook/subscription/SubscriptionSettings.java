package io.decnet.webhook.subscription;

import java.util.Optional;

/** The settings of a subscription that differ from the defaults. */
public record SubscriptionSettings(
        Optional<Integer> circuitThreshold,
        Optional<String> retrySchedule,
        Optional<Integer> concurrency,
        Optional<String> requestTimeout,
        Optional<String> description) {}
