package io.decnet.webhook.errand;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An errand as it stands.
 *
 * @param subject whom it concerns, for people
 * @param silent whether its node has not written of it for a minute, by the clock of the database
 * @param size how many steps there are, when that is known; for a discard how many deliveries were held when it began
 * @param done steps done so far
 * @param refused steps that could not be done, beside those
 * @param lastError why the last one was refused
 */
public record Errand(
        UUID id,
        Task task,
        String subject,
        String who,
        Instant startedAt,
        boolean silent,
        Optional<Instant> endedAt,
        OptionalInt size,
        int done,
        int refused,
        Optional<Why> lastError) {
    /** How far an errand has come. */
    public enum State {
        RUNNING,
        ENDED,
        /** Its node has ended before it, or could not say how it went. */
        INTERRUPTED
    }

    public State state() {
        if (endedAt.isPresent()) {
            return State.ENDED;
        }
        return silent ? State.INTERRUPTED : State.RUNNING;
    }

    Errand did() {
        return with(done + 1, refused, lastError);
    }

    Errand did(int steps) {
        return with(steps, refused, lastError);
    }

    Errand refused(Why reason) {
        return with(done, refused + 1, Optional.of(reason));
    }

    private Errand with(int nowDone, int nowRefused, Optional<Why> error) {
        return new Errand(id, task, subject, who, startedAt, silent, endedAt, size, nowDone, nowRefused, error);
    }
}
