package io.decnet.webhook.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ErrandTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");

    private static Errand errand(Optional<Instant> endedAt) {
        return new Errand(
                new UUID(0, 1),
                Task.PAUSE,
                "",
                "admin",
                NOON,
                NOON,
                endedAt,
                OptionalInt.of(3),
                0,
                0,
                Optional.empty());
    }

    @Test
    void isTakenForInterruptedWhenItsNodeIsSilent() {
        var running = errand(Optional.empty());
        assertThat(running.state(NOON.plus(Duration.ofSeconds(59)))).isEqualTo(Errand.State.RUNNING);
        assertThat(running.state(NOON.plus(Duration.ofSeconds(61)))).isEqualTo(Errand.State.INTERRUPTED);
        assertThat(errand(Optional.of(NOON)).state(NOON.plus(Duration.ofDays(1))))
                .isEqualTo(Errand.State.ENDED);
    }

    @Test
    void countsWhatWasDoneBesideWhatWasRefused() {
        var after = errand(Optional.empty()).did().refused("deleted meanwhile").did();
        assertThat(after.done()).isEqualTo(2);
        assertThat(after.refused()).isEqualTo(1);
        assertThat(after.lastError()).contains("deleted meanwhile");
    }
}
