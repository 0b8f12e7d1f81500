package io.decnet.webhook.security;

import java.time.Instant;

/** An account as it may be shown. */
public record AccountView(String name, Role role, Instant createdAt, Instant updatedAt) {}
