package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A subscription with its circuit, as REST and the page show it. Never has a secret.
 *
 * @param version changes with the settings, not with outcomes
 * @param circuitThreshold the value in force
 */
public record SubscriptionView(
        UUID uuid,
        long version,
        String name,
        String url,
        List<String> topicPatterns,
        CircuitState state,
        int consecutiveFailures,
        int circuitThreshold,
        Optional<Instant> lastSuccessAt,
        Optional<Instant> lastFailureAt,
        Optional<String> lastError,
        Optional<Instant> autoDisabledAt,
        Instant createdAt,
        Instant updatedAt,
        List<String> warnings,
        SubscriptionSettings settings) {

    public boolean enabled() {
        return state == CircuitState.ACTIVE;
    }
}
