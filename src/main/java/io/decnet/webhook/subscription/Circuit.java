package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The stored breaker of a subscription: the memory of the pure {@link CircuitBreaker}, written only under a row lock
 * ({@link Circuits}). It is a row of its own so that outcomes neither move the version of the subscription nor wait
 * for inserts that refer to it.
 */
@Entity
@Table(name = "circuit")
class Circuit {
    @Id
    @Column(name = "subscription_id")
    private UUID subscriptionId;

    private String state;
    private long epoch;

    @Column(name = "consecutive_failures")
    private int consecutiveFailures;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Column(name = "auto_disabled_at")
    private Instant autoDisabledAt;

    @Column(name = "last_success_at")
    private Instant lastSuccessAt;

    @Column(name = "last_failure_at")
    private Instant lastFailureAt;

    @Column(name = "last_error")
    private String lastError;

    protected Circuit() {}

    Circuit(UUID subscriptionId, CircuitBreaker breaker) {
        this.subscriptionId = subscriptionId;
        remember(breaker);
    }

    final void remember(CircuitBreaker breaker) {
        state = breaker.state().name().toLowerCase(Locale.ROOT);
        epoch = breaker.epoch();
        consecutiveFailures = breaker.consecutiveFailures();
        changedAt = breaker.changedAt();
        autoDisabledAt = breaker.autoDisabledAt().orElse(null);
        lastSuccessAt = breaker.lastSuccessAt().orElse(null);
        lastFailureAt = breaker.lastFailureAt().orElse(null);
        lastError = breaker.lastError()
                .map(text -> text.replace('\u0000', '\uFFFD'))
                .orElse(null);
    }

    CircuitBreaker breaker() {
        return new CircuitBreaker(
                CircuitState.valueOf(state.toUpperCase(Locale.ROOT)),
                consecutiveFailures,
                epoch,
                changedAt,
                Optional.ofNullable(autoDisabledAt),
                Optional.ofNullable(lastSuccessAt),
                Optional.ofNullable(lastFailureAt),
                Optional.ofNullable(lastError));
    }
}
