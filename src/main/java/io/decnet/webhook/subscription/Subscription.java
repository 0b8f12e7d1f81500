package io.decnet.webhook.subscription;

import io.decnet.webhook.security.SecretVault;
import io.decnet.webhook.security.WrongKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
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

    /** The settings that differ from the defaults. */
    SubscriptionSettings settings() {
        return new SubscriptionSettings(
                Optional.ofNullable(circuitThreshold),
                Optional.ofNullable(retrySchedule),
                Optional.ofNullable(concurrency),
                Optional.ofNullable(requestTimeout),
                Optional.ofNullable(description));
    }

    void set(SettingsChange change) {
        circuitThreshold = merged(change.circuitThreshold(), circuitThreshold);
        retrySchedule = merged(change.retrySchedule(), retrySchedule);
        concurrency = merged(change.concurrency(), concurrency);
        requestTimeout = merged(change.requestTimeout(), requestTimeout);
        description = merged(change.description(), description);
    }

    private static <T> @Nullable T merged(Change<T> change, @Nullable T stored) {
        if (change instanceof Change.To<T> to) {
            return to.value();
        }
        return change instanceof Change.Restore<T> ? null : stored;
    }

    /**
     * Signs with a new secret from now on, and until then with the one so far too. The secret it has already is none: when
     * a change is repeated, because nobody knew whether it stood, the one before it goes on signing.
     */
    void rotate(String fresh, SecretVault vault, Instant oldSignsUntil) {
        if (!isSecret(fresh, vault)) {
            previousSecret = vault.knows(secret) ? secret : null;
            previousSecretUntil = oldSignsUntil;
            secret = vault.seal(fresh);
        }
    }

    private boolean isSecret(String text, SecretVault vault) {
        try {
            return vault.open(secret).equals(text);
        } catch (WrongKey e) {
            return false;
        }
    }

    /** What an operator can change but for the secret, to see whether anything did. */
    Fingerprint fingerprint() {
        return new Fingerprint(Optional.ofNullable(name), url, patterns, settings());
    }

    record Fingerprint(Optional<String> name, String url, String patterns, SubscriptionSettings settings) {}
}
