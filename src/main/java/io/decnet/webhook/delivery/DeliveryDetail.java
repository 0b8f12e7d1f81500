package io.decnet.webhook.delivery;

import java.util.List;

/**
 * A delivery with its attempts.
 *
 * @param eventBody the JSON that is sent, UTF-8
 */
public record DeliveryDetail(DeliveryView delivery, List<AttemptView> attempts, byte[] eventBody) {}
