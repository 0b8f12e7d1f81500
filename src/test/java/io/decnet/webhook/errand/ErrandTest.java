package io.decnet.webhook.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ErrandTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");

    private static Errand errand(boolean silent, Optional<Instant> endedAt) {
        return new Errand(
                new UUID(0, 1),
                Task.PAUSE,
                "",
                "admin",
                NOON,
                silent,
                endedAt,
                OptionalInt.of(3),
                0,
                0,
                Optional.empty());
    }

    @Test
    void isTakenForInterruptedWhenItsNodeIsSilent() {
        assertThat(errand(false, Optional.empty()).state()).isEqualTo(Errand.State.RUNNING);
        assertThat(errand(true, Optional.empty()).state()).isEqualTo(Errand.State.INTERRUPTED);
        assertThat(errand(true, Optional.of(NOON)).state()).isEqualTo(Errand.State.ENDED);
    }

    @Test
    void countsWhatWasDoneBesideWhatWasRefused() {
        var after = errand(false, Optional.empty()).did().refused(Why.GONE).did();
        assertThat(after.done()).isEqualTo(2);
        assertThat(after.refused()).isEqualTo(1);
        assertThat(after.lastError()).contains(Why.GONE);
    }

    @Test
    void takesAReasonItDoesNotKnowForAFault() {
        assertThat(Why.named("AWAY")).isEqualTo(Why.AWAY);
        assertThat(Why.named("deleted meanwhile")).isEqualTo(Why.FAULT);
    }
}
