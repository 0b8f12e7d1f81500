package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import java.time.Instant;
import java.util.UUID;

/**
 * One finished attempt on its way into the database.
 *
 * @param epoch of the circuit when the attempt began
 * @param threshold of the circuit breaker in force then
 * @param finishedAt when the result was in hand
 */
public record AttemptReport(
        ClaimedDelivery delivery, long epoch, int threshold, SendResult result, Outcome outcome, Instant finishedAt) {
    /** A delivery counts once in its circuit: at this failed attempt if it has not ended before. */
    static final int COUNTED_AT_TRY = 4;

    UUID subscription() {
        return delivery.subscription();
    }

    int tries() {
        return delivery.tries() + 1;
    }

    boolean succeeded() {
        return outcome instanceof Outcome.Delivered;
    }

    /** Whether the circuit has to know of this failure. One that is gone trips it even when the delivery has counted before. */
    boolean concernsCircuit() {
        boolean ended = outcome instanceof Outcome.Failed;
        return isGone() || (!countedBefore() && !succeeded() && (ended || tries() == COUNTED_AT_TRY));
    }

    /** Whether an earlier attempt of this delivery, since it was opened, has counted. */
    boolean countedBefore() {
        return tries() > COUNTED_AT_TRY;
    }

    boolean isGone() {
        return outcome instanceof Outcome.Failed failed && failed.gone();
    }

    String error() {
        return Outcome.error(result);
    }
}
