package io.decnet.webhook.errand;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An errand as it stands.
 *
 * @param subject whom it concerns, for people
 * @param heardAt when its node last wrote of it
 * @param size how many steps there are; unknown for a replay
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
        Instant heardAt,
        Optional<Instant> endedAt,
        OptionalInt size,
        int done,
        int refused,
        Optional<String> lastError) {
    private static final Duration LOST_AFTER = Duration.ofMinutes(1);

    /** How far an errand has come. */
    public enum State {
        RUNNING,
        ENDED,
        /** Its node has ended before it. */
        INTERRUPTED
    }

    public State state(Instant now) {
        if (endedAt.isPresent()) {
            return State.ENDED;
        }
        return heardAt.isBefore(now.minus(LOST_AFTER)) ? State.INTERRUPTED : State.RUNNING;
    }

    Errand did() {
        return with(done + 1, refused, lastError);
    }

    Errand did(int steps) {
        return with(steps, refused, lastError);
    }

    Errand refused(String reason) {
        return with(done, refused + 1, Optional.of(reason));
    }

    private Errand with(int nowDone, int nowRefused, Optional<String> error) {
        return new Errand(id, task, subject, who, startedAt, heardAt, endedAt, size, nowDone, nowRefused, error);
    }
}
