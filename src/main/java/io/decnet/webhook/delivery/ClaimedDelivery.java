package io.decnet.webhook.delivery;

import io.decnet.webhook.event.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery this node may attempt: its row is claimed, and only who holds the claim may write its outcome.
 *
 * @param claim tells this claim from an earlier one of the same node
 * @param body the exact bytes of every attempt, shared by all deliveries of the event
 * @param attempts how many attempts there were in all
 * @param tries how many since the delivery was opened or last reopened
 */
public record ClaimedDelivery(
        UUID id,
        long claim,
        UUID subscription,
        String eventId,
        Topic topic,
        byte[] body,
        Optional<String> traceparent,
        int attempts,
        int tries) {

    /** What is left of it in memory once it is sent. */
    ClaimedDelivery spent() {
        return new ClaimedDelivery(
                id, claim, subscription, eventId, topic, new byte[0], Optional.empty(), attempts, tries);
    }

    /** Told from the id, which begins with the time it was made. */
    Instant madeAt() {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    long weight() {
        return Memory.weight(body.length);
    }

    Claim asClaim() {
        return new Claim(id, claim, subscription);
    }

    boolean isRetry() {
        return tries > 0;
    }
}
