package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.subscription.SubscriptionView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** A subscription as a row of the list. */
public record Row(SubscriptionView webhook, Backlog backlog) {
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

    /** ISO-8601, or empty. */
    public String trippedAt() {
        return text(webhook.autoDisabledAt());
    }

    /** ISO-8601, or empty. */
    public String lastSuccess() {
        return text(webhook.lastSuccessAt());
    }

    public String backlogText() {
        if (backlog.held() > 0) {
            return backlog.held() + " held";
        }
        return backlog.pending() > 0 ? backlog.pending() + " pending" : "–";
    }

    private static String text(Optional<Instant> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    }
}
