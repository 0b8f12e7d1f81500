package io.decnet.webhook.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key to the API for a program, with a name, a role and an end. Of the token itself only a hash is kept. Written once; {@code last_used_at} moves
 * by a guarded update, and a revoked token's row is gone.
 */
@Entity
@Table(name = "api_token")
class ApiToken {
    @Id
    private UUID id;

    private String name;
    private String role;

    /** Only ever read by queries. */
    String hash;

    @Column(name = "created_by")
    private String createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "last_used_at")
    @Nullable
    private Instant lastUsedAt;

    /** For the persistence provider. */
    protected ApiToken() {}

    ApiToken(TokenView view, String hash) {
        this.id = view.id();
        this.name = view.name();
        this.hash = hash;
        this.role = view.role().label();
        this.createdBy = view.createdBy();
        this.createdAt = view.createdAt();
        this.expiresAt = view.expiresAt();
    }

    TokenView view() {
        return new TokenView(
                id,
                name,
                Role.labelled(role).orElse(Role.VIEWER),
                createdBy,
                createdAt,
                expiresAt,
                Optional.ofNullable(lastUsedAt));
    }
}
