package io.decnet.webhook.subscription;

import java.util.UUID;

/** An operator enables this circuit but does not want what it held. Fired inside the transaction, before the enable. */
public record HeldDiscard(UUID subscription) {}
