package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import java.time.Instant;
import java.util.Optional;
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

    private static final String UNTOLD = "no answer; the database refuses to say why";

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

    /** As if it had ended then. */
    AttemptReport toldAt(Instant at) {
        return new AttemptReport(delivery, epoch, threshold, result, outcome, at);
    }

    /** Without what receivers and networks said, should the database refuse that. */
    AttemptReport plain() {
        SendResult stripped = result instanceof SendResult.Answered answered
                ? new SendResult.Answered(
                        answered.status(),
                        Optional.empty(),
                        new byte[0],
                        answered.startedAt(),
                        answered.took(),
                        Optional.empty())
                : new SendResult.NotAnswered(
                        ((SendResult.NotAnswered) result).kind(),
                        UNTOLD,
                        result.startedAt(),
                        result.took(),
                        Optional.empty());
        return new AttemptReport(delivery, epoch, threshold, stripped, outcome, finishedAt);
    }

    boolean isPlain() {
        boolean silent = result instanceof SendResult.Answered answered
                ? answered.excerpt().length == 0
                : error().equals(UNTOLD);
        return silent && result.address().isEmpty();
    }
}
