package io.decnet.webhook.delivery;

import java.time.Instant;
import java.util.UUID;

/** An event as it is stored, but for its body. */
public record StoredEvent(UUID key, String id, String topic, Instant receivedAt) {}
