package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {
    private final HandClock clock = new HandClock();
    private final LoginBrake brake = new LoginBrake(clock);

    @Test
    void fourFailuresCostNothing() {
        fail("admin", 4);
        assertThat(brake.pauseOf("admin")).isEmpty();
    }

    @Test
    void theFifthCostsOneSecond() {
        fail("admin", 5);
        assertThat(brake.pauseOf("admin")).contains(Duration.ofSeconds(1));
        clock.goOn(Duration.ofSeconds(1));
        assertThat(brake.pauseOf("admin")).isEmpty();
    }

    @Test
    void eachFurtherOneDoublesThePauseUpToFiveMinutes() {
        fail("admin", 6);
        assertThat(brake.pauseOf("admin")).contains(Duration.ofSeconds(2));
        fail("admin", 1);
        assertThat(brake.pauseOf("admin")).contains(Duration.ofSeconds(4));
        fail("admin", 6);
        assertThat(brake.pauseOf("admin")).contains(Duration.ofSeconds(256));
        fail("admin", 1);
        assertThat(brake.pauseOf("admin")).contains(Duration.ofMinutes(5));
        fail("admin", 100);
        assertThat(brake.pauseOf("admin")).contains(Duration.ofMinutes(5));
    }

    @Test
    void aSuccessEndsTheRow() {
        fail("admin", 4);
        brake.succeeded("admin");
        fail("admin", 4);
        assertThat(brake.pauseOf("admin")).isEmpty();
    }

    @Test
    void otherNamesAreNotConcerned() {
        fail("admin", 9);
        assertThat(brake.pauseOf("viewer")).isEmpty();
    }

    @Test
    void aFloodOfNamesNeitherFillsTheMemoryNorFreesANameFromWaiting() {
        fail("first", 5);
        for (var i = 0; i < 10_100; i++) {
            brake.failed("name" + i);
        }
        assertThat(brake.size()).isEqualTo(10_000);
        assertThat(brake.pauseOf("first")).isPresent();
    }

    @Test
    void manyThatFailedMoreThanOnceFreeNoOtherNameFromWaiting() {
        for (var i = 0; i < 10_000; i++) {
            fail("name" + i, 2);
        }
        clock.goOn(Duration.ofSeconds(1));
        fail("admin", 5);
        assertThat(brake.pauseOf("admin")).isPresent();
    }

    private void fail(String name, int times) {
        for (var i = 0; i < times; i++) {
            brake.failed(name);
        }
    }
}
