package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");

    @Test
    void tellsOnceASecondAtMost() {
        assertThat(Channels.untilNext(Instant.MIN, NOON)).isZero();
        assertThat(Channels.untilNext(NOON, NOON)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Channels.untilNext(NOON, NOON.plusMillis(300))).isEqualTo(Duration.ofMillis(700));
        assertThat(Channels.untilNext(NOON, NOON.plusSeconds(1))).isZero();
    }

    @Test
    void doesNotWaitForAClockThatWasSetBack() {
        assertThat(Channels.untilNext(NOON.plusSeconds(3600), NOON)).isZero();
    }
}
