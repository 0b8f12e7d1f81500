package io.decnet.webhook.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A rejected message as the operator sees it.
 *
 * @param body its first 64 KiB, as they came; never to be shown unescaped
 */
public record RejectedView(
        UUID id, Instant receivedAt, String destination, Optional<String> messageId, String reason, byte[] body) {}
