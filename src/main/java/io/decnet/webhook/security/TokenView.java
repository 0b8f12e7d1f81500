package io.decnet.webhook.security;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token for the API as it may be shown: without the token.
 *
 * @param createdBy who made it; it outlives their account
 * @param lastUsedAt to the minute
 */
public record TokenView(
        UUID id,
        String name,
        Role role,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {
    /** Whether it lets nobody in any more. */
    public boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
