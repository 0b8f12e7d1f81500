package io.decnet.webhook.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery as REST and the page show it.
 *
 * @param nextAttemptAt when it is due, while it is pending
 */
public record DeliveryView(
        UUID id,
        UUID webhook,
        String eventId,
        String topic,
        DeliveryState state,
        int attempts,
        Instant createdAt,
        Optional<Instant> nextAttemptAt,
        Optional<Instant> finishedAt,
        Optional<Integer> lastStatus,
        Optional<String> lastError) {}
