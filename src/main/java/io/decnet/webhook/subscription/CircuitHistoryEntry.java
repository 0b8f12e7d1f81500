package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitChange;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change of a circuit's state, append-only: for example, {@code anna} enabled it again after five failures that ended in {@code HTTP 503}. */
@Entity
@Table(name = "circuit_history")
class CircuitHistoryEntry {
    @Id
    private UUID id;

    @Column(name = "subscription_id")
    private UUID subscriptionId;

    private Instant at;
    private String kind;

    @Nullable
    private String who;

    private int failures;

    @Column(name = "last_error")
    @Nullable
    private String lastError;

    protected CircuitHistoryEntry() {}

    CircuitHistoryEntry(UUID id, CircuitChange change, Optional<String> who) {
        this.id = id;
        this.subscriptionId = change.subscription();
        this.at = change.at();
        this.kind = change.kind().name().toLowerCase(Locale.ROOT);
        this.who = who.orElse(null);
        this.failures = change.consecutiveFailures();
        this.lastError =
                change.lastError().map(text -> text.replace('\u0000', '\uFFFD')).orElse(null);
    }

    UUID subscription() {
        return subscriptionId;
    }

    CircuitMoment moment() {
        return new CircuitMoment(
                at,
                CircuitChange.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(who),
                failures,
                Optional.ofNullable(lastError));
    }
}
