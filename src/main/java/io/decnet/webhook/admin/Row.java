package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.subscription.SubscriptionView;
import java.util.Locale;

/** A subscription as a row of the list. */
public record Row(SubscriptionView webhook, Backlog backlog) {
    private static final int FULL = 100;

    /** In lower case, as the style sheet knows it. */
    public String state() {
        return label().toLowerCase(Locale.ROOT);
    }

    public String label() {
        return webhook.state().name();
    }

    public boolean isActive() {
        return webhook.state() == CircuitState.ACTIVE;
    }

    public boolean isPaused() {
        return webhook.state() == CircuitState.PAUSED;
    }

    public boolean isTripped() {
        return webhook.state() == CircuitState.TRIPPED;
    }

    public boolean isFailing() {
        return webhook.consecutiveFailures() > 0;
    }

    /** ISO-8601, or empty. */
    public String trippedAt() {
        return Moments.text(webhook.autoDisabledAt());
    }

    /** ISO-8601, or empty. */
    public String lastSuccess() {
        return Moments.text(webhook.lastSuccessAt());
    }

    /** ISO-8601, or empty. */
    public String lastFailure() {
        return Moments.text(webhook.lastFailureAt());
    }

    public String lastError() {
        return webhook.lastError().map(new Harmless()::text).orElse("");
    }

    /** How near the circuit is to its threshold, in percent. */
    public int failurePercent() {
        return Math.min(FULL, FULL * webhook.consecutiveFailures() / Math.max(1, webhook.circuitThreshold()));
    }
}
