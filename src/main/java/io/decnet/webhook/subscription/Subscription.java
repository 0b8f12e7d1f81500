package io.decnet.webhook.subscription;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who wants which events where. For example: the SIEM at {@code https://siem.example/hook} wants {@code attacker.>}
 * and {@code decky.*.state}, signed with its secret, with a breaker that trips at 3 failures. Null settings mean the
 * default of the installation. A deleted one has no name, so that the name is free at once; its rows go later.
 */
@Entity
@Table(name = "subscription")
class Subscription {
    @Id
    UUID id;

    @Nullable
    String name;

    String url;

    /** Sealed. */
    byte[] secret;

    @Column(name = "previous_secret")
    byte @Nullable [] previousSecret;

    @Column(name = "previous_secret_until")
    @Nullable
    Instant previousSecretUntil;

    /** See {@link PatternList}. */
    String patterns;

    /** Lines, found when the URL was saved. */
    @Column(name = "url_warnings")
    @Nullable
    String urlWarnings;

    @Column(name = "circuit_threshold")
    @Nullable
    Integer circuitThreshold;

    @Column(name = "retry_schedule")
    @Nullable
    String retrySchedule;

    @Nullable
    Integer concurrency;

    @Column(name = "request_timeout")
    @Nullable
    String requestTimeout;

    @Nullable
    String description;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "deleted_at")
    @Nullable
    Instant deletedAt;

    @Version
    long version;

    protected Subscription() {}

    Subscription(UUID id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }
}
