package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");

    private final DatabaseClock clock = new DatabaseClock();

    @BeforeEach
    void stop() {
        clock.local = Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Test
    void isOursAtFirst() {
        assertThat(clock.instant()).isEqualTo(NOW);
    }

    @Test
    void isOursWhileTheDatabaseSaysATimeBetweenQuestionAndAnswer() {
        clock.learn(NOW.plusMillis(3), NOW, NOW.plusMillis(5));
        assertThat(clock.instant()).isEqualTo(NOW);
    }

    @Test
    void goesAheadWithTheDatabase() {
        clock.learn(NOW.plusSeconds(60), NOW, NOW.plusMillis(5));
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(60).minusMillis(5));
    }

    @Test
    void staysBehindWithTheDatabase() {
        clock.learn(NOW.minusSeconds(60), NOW, NOW.plusMillis(5));
        assertThat(clock.instant()).isEqualTo(NOW.minusSeconds(60));
    }
}
