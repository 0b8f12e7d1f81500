package io.decnet.webhook.breaker;

import java.time.Instant;
import java.util.Optional;

/**
 * The breaker of one subscription at one moment. Immutable: each thing that can happen returns the circuit after it.
 *
 * <p>An active circuit counts deliveries that fail in a row and trips at the threshold; a paused one was stopped by an operator. Neither closes by
 * itself. The epoch rises at each enable, pause and trip, and an outcome whose attempt began in another epoch changes nothing: with threshold 5, a
 * sixth failure that was on the wire when the fifth tripped the circuit, or that comes in after the operator has enabled it again, counts for
 * nobody.
 *
 * @param epoch which period of the circuit this is
 * @param changedAt when that period began
 * @param autoDisabledAt present if and only if the circuit is tripped: when, or when a later failure of the same epoch moved the stamp
 * @param lastError of the failures that count, at most 512 characters
 */
public record CircuitBreaker(
        CircuitState state,
        int consecutiveFailures,
        long epoch,
        Instant changedAt,
        Optional<Instant> autoDisabledAt,
        Optional<Instant> lastSuccessAt,
        Optional<Instant> lastFailureAt,
        Optional<String> lastError) {
    /** Longer errors are cut. */
    public static final int MAX_ERROR_CHARACTERS = 512;

    /** @throws IllegalArgumentException for a circuit that cannot be: a stamp without a trip, a trip without a stamp, a negative count */
    public CircuitBreaker {
        if (autoDisabledAt.isPresent() != (state == CircuitState.TRIPPED)) {
            throw new IllegalArgumentException("auto_disabled_at is set if and only if the circuit is tripped");
        }
        if (consecutiveFailures < 0) {
            throw new IllegalArgumentException("consecutive_failures is negative");
        }
    }

    /** The circuit of a new subscription that is enabled. */
    public static CircuitBreaker closed(Instant at) {
        return fresh(CircuitState.ACTIVE, at);
    }

    /** The circuit of a new subscription that is not enabled. */
    public static CircuitBreaker paused(Instant at) {
        return fresh(CircuitState.PAUSED, at);
    }

    private static CircuitBreaker fresh(CircuitState state, Instant at) {
        return new CircuitBreaker(
                state, 0, 0, at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A delivery ended well: an active circuit forgets the failures in a row. */
    public Transition success(long attemptEpoch, Instant at) {
        if (attemptEpoch != epoch || state != CircuitState.ACTIVE) {
            return unchanged();
        }
        return moved(new CircuitBreaker(
                state,
                0,
                epoch,
                changedAt,
                Optional.empty(),
                later(lastSuccessAt, at),
                lastFailureAt,
                Optional.empty()));
    }

    /**
     * A delivery counts as failed: an active circuit adds one and trips at the threshold, a tripped one moves its stamp, a paused one stays.
     *
     * @param threshold at least 1
     */
    public Transition failure(long attemptEpoch, String error, Instant at, int threshold) {
        return fail(attemptEpoch, counted(1, error, at), at, consecutiveFailures + 1 >= threshold);
    }

    /**
     * The receiver said that it is gone for good: like a failure, but an active circuit trips at once.
     *
     * @param countedBefore whether an earlier failure of the same delivery was counted: it does not count twice
     */
    public Transition gone(long attemptEpoch, String error, Instant at, boolean countedBefore) {
        return fail(attemptEpoch, counted(countedBefore ? 0 : 1, error, at), at, true);
    }

    private Transition fail(long attemptEpoch, CircuitBreaker counted, Instant at, boolean trips) {
        if (attemptEpoch != epoch) {
            return unchanged();
        }
        return switch (state) {
            case PAUSED -> unchanged();
            case TRIPPED ->
                moved(new CircuitBreaker(
                        state,
                        consecutiveFailures,
                        epoch,
                        changedAt,
                        later(autoDisabledAt, at),
                        lastSuccessAt,
                        lastFailureAt,
                        lastError));
            case ACTIVE -> trips ? trip(counted, at) : moved(counted);
        };
    }

    private CircuitBreaker counted(int failures, String error, Instant at) {
        return new CircuitBreaker(
                state,
                consecutiveFailures + failures,
                epoch,
                changedAt,
                autoDisabledAt,
                lastSuccessAt,
                later(lastFailureAt, at),
                Optional.of(cut(error)));
    }

    private Transition trip(CircuitBreaker counted, Instant at) {
        var tripped = new CircuitBreaker(
                CircuitState.TRIPPED,
                counted.consecutiveFailures,
                epoch + 1,
                at,
                Optional.of(at),
                counted.lastSuccessAt,
                counted.lastFailureAt,
                counted.lastError);
        return changed(tripped, CircuitChange.Kind.TRIPPED);
    }

    /** An operator wants deliveries to go out: clears stamp, count and error. What is active stays as it is, count and all. */
    public Transition enable(Instant at) {
        if (state == CircuitState.ACTIVE) {
            return unchanged();
        }
        var enabled = new CircuitBreaker(
                CircuitState.ACTIVE,
                0,
                epoch + 1,
                at,
                Optional.empty(),
                lastSuccessAt,
                lastFailureAt,
                Optional.empty());
        return changed(
                enabled, state == CircuitState.TRIPPED ? CircuitChange.Kind.RECOVERED : CircuitChange.Kind.ENABLED);
    }

    /** An operator wants no deliveries to go out. What is not active stays as it is; a tripped circuit stays tripped. */
    public Transition pause(Instant at) {
        if (state != CircuitState.ACTIVE) {
            return unchanged();
        }
        var paused = new CircuitBreaker(
                CircuitState.PAUSED,
                consecutiveFailures,
                epoch + 1,
                at,
                Optional.empty(),
                lastSuccessAt,
                lastFailureAt,
                lastError);
        return changed(paused, CircuitChange.Kind.PAUSED);
    }

    private Transition unchanged() {
        return moved(this);
    }

    private Transition moved(CircuitBreaker after) {
        return new Transition(this, after, Optional.empty());
    }

    private Transition changed(CircuitBreaker after, CircuitChange.Kind kind) {
        return new Transition(this, after, Optional.of(kind));
    }

    // Outcomes of several nodes are stored in the order of their locks, not of their clocks.
    private static Optional<Instant> later(Optional<Instant> known, Instant at) {
        return Optional.of(known.filter(at::isBefore).orElse(at));
    }

    private static String cut(String error) {
        if (error.length() <= MAX_ERROR_CHARACTERS) {
            return error;
        }
        boolean splitsPair = Character.isHighSurrogate(error.charAt(MAX_ERROR_CHARACTERS - 1));
        return error.substring(0, splitsPair ? MAX_ERROR_CHARACTERS - 1 : MAX_ERROR_CHARACTERS);
    }
}
