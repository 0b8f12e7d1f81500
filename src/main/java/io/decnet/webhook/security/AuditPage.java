package io.decnet.webhook.security;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Lines of the audit log, newest first.
 *
 * @param next what to ask for as {@code before} to read on; empty at the end
 */
public record AuditPage(List<AuditView> items, Optional<UUID> next) {}
