package io.decnet.webhook.delivery;

import java.time.Instant;
import java.util.List;

/**
 * What the table gave a lane.
 *
 * @param drained no first attempt is left in the table
 * @param nextRetry when the next retry of this lane is due; {@link Instant#MAX} when there is none
 */
public record Feed(List<ClaimedDelivery> claimed, boolean drained, Instant nextRetry) {
    /** What it takes in memory, in bytes. */
    long weight() {
        return claimed.stream().mapToLong(ClaimedDelivery::weight).sum();
    }
}
