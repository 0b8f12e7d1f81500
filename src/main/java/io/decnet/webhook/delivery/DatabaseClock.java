package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time of the database, which all nodes share: what one of them writes as due is due for the others. Learnt with
 * each heartbeat; from there on it is told by a clock that does not jump, so a machine whose clock is set anew makes
 * nothing due, and discards nothing as too old. Safe for any thread.
 */
@ApplicationScoped
class DatabaseClock {
    @Inject
    Clock local;

    LongSupplier nanos = System::nanoTime;
    private volatile Optional<Learnt> learnt = Optional.empty();

    private record Learnt(Instant time, long nanos) {}

    /** By the clock of this machine until the first heartbeat. */
    Instant instant() {
        return learnt.map(last -> last.time().plusNanos(nanos.getAsLong() - last.nanos()))
                .orElseGet(local::instant);
    }

    /** The database said this time at some moment of the round trip that ends now; within it the clock stays as it is. */
    void learn(Instant database, Duration roundTrip) {
        Instant known = instant();
        Instant latest = database.plus(roundTrip);
        Instant time = known.isBefore(database) ? database : known.isAfter(latest) ? latest : known;
        learnt = Optional.of(new Learnt(time, nanos.getAsLong()));
    }
}
