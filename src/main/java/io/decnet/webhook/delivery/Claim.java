package io.decnet.webhook.delivery;

import java.util.UUID;

/**
 * What says that a delivery's row is this life's.
 *
 * @param number tells this claim from an earlier one of the same life
 */
public record Claim(UUID delivery, long number, UUID subscription) {}
