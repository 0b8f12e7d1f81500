package io.decnet.webhook.security;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A line of the audit log: who did what to what, when and from where.
 *
 * @param who an account's name, {@code token:} and a token's name, {@code system}, or the name a login was tried with
 * @param before fields as they were; empty for what came to be
 * @param after the same fields as they are now; empty for what is gone
 */
public record AuditView(
        UUID id,
        Instant at,
        String who,
        Origin origin,
        String what,
        String subject,
        String name,
        Map<String, String> before,
        Map<String, String> after) {}
