package io.decnet.webhook.security;

import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of the audit log are wanted.
 *
 * @param who exactly
 * @param what exactly, or a family: {@code webhook} stands for all that begins with {@code webhook.}
 * @param subject exactly: the id of a webhook, token or delivery, or the name of an account
 * @param since from this moment on
 * @param until before this moment
 */
public record AuditFilter(
        Optional<String> who,
        Optional<String> what,
        Optional<String> subject,
        Optional<Instant> since,
        Optional<Instant> until) {
    /** All lines. */
    public static final AuditFilter ALL =
            new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
