package io.decnet.webhook.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which deliveries of a subscription to list, newest first.
 *
 * @param eventId the id their producer gave the event
 * @param since created at or after
 * @param until created before
 * @param after the cursor of the page before
 */
public record DeliveryQuery(
        Optional<DeliveryState> state,
        Optional<String> topic,
        Optional<String> eventId,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<UUID> after,
        int limit) {
    /** The newest, whatever became of them. */
    public static DeliveryQuery newest(int limit) {
        return new DeliveryQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
