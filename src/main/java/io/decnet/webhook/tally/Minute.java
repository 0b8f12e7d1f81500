package io.decnet.webhook.tally;

import java.time.Duration;
import java.time.Instant;

/**
 * One minute.
 *
 * @param at when it began
 * @param events that came in
 * @param attempts how long they were on the wire
 * @param deliveries how long it took from an event to its delivery, the time it was held included
 */
public record Minute(Instant at, long events, Counts counts, Times attempts, Times deliveries) {
    static Minute empty(Instant at) {
        return new Minute(at, 0, Counts.NONE, Times.NONE, Times.NONE);
    }

    Minute withEvent() {
        return new Minute(at, events + 1, counts, attempts, deliveries);
    }

    Minute with(Kind kind) {
        return new Minute(at, events, counts.plus(kind, 1), attempts, deliveries);
    }

    Minute withAttempt(Duration took) {
        return new Minute(at, events, counts, attempts.plus(took), deliveries);
    }

    Minute withDelivery(Duration sinceEvent) {
        return new Minute(at, events, counts, attempts, deliveries.plus(sinceEvent));
    }
}
