package io.decnet.webhook.subscription;

import java.util.UUID;

/** A subscription was created, changed or deleted, or its circuit changed its state. Fired inside the transaction. */
public record SubscriptionsChanged(UUID subscription) {}
