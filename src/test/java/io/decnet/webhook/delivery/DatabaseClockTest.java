package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(5);

    private final HandClock local = new HandClock();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final DatabaseClock clock = new DatabaseClock();
    private final Instant begun = local.instant();

    @BeforeEach
    void begin() {
        clock.local = local;
        clock.nanos = nanos::get;
    }

    private void goOn(Duration time) {
        local.goOn(time);
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void isOursAtFirst() {
        goOn(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(begun.plusSeconds(1));
    }

    @Test
    void isOursWhileTheDatabaseSaysATimeOfTheRoundTrip() {
        clock.learn(begun.minusMillis(3), ROUND_TRIP);
        assertThat(clock.instant()).isEqualTo(begun);
    }

    @Test
    void goesAheadWithTheDatabase() {
        clock.learn(begun.plusSeconds(60), ROUND_TRIP);
        goOn(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(begun.plusSeconds(62));
    }

    @Test
    void staysBehindWithTheDatabase() {
        clock.learn(begun.minusSeconds(60), ROUND_TRIP);
        assertThat(clock.instant()).isEqualTo(begun.minusSeconds(60).plus(ROUND_TRIP));
    }

    @Test
    void aMachineWhoseClockIsSetAnewChangesNothing() {
        clock.learn(begun, ROUND_TRIP);
        local.goOn(Duration.ofDays(8));
        assertThat(clock.instant()).isEqualTo(begun);
        local.goOn(Duration.ofDays(-16));
        goOn(Duration.ofSeconds(3));
        assertThat(clock.instant()).isEqualTo(begun.plusSeconds(3));
    }
}
