package io.decnet.webhook.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PausedCircuitTest {
    private final CircuitBreaker paused = Given.in(CircuitState.PAUSED);

    @Test
    void startsInEpochZeroWithoutAStamp() {
        var fresh = CircuitBreaker.paused(Given.NOW);

        assertThat(fresh.state()).isEqualTo(CircuitState.PAUSED);
        assertThat(fresh.epoch()).isZero();
        assertThat(fresh.autoDisabledAt()).isEmpty();
        assertThat(fresh.changedAt()).isEqualTo(Given.NOW);
    }

    @Test
    void enablingItClearsCountAndErrorButKeepsTheTimes() {
        var enabled = paused.enable(Given.NOW).circuit();

        assertThat(enabled)
                .isEqualTo(new CircuitBreaker(
                        CircuitState.ACTIVE,
                        0,
                        Given.EPOCH + 1,
                        Given.NOW,
                        Optional.empty(),
                        paused.lastSuccessAt(),
                        paused.lastFailureAt(),
                        Optional.empty()));
    }

    @Test
    void failuresThatWereOnTheWireDoNotTripIt() {
        var active = Given.in(CircuitState.ACTIVE);
        var afterwards = active.pause(Given.NOW).circuit();

        assertThat(afterwards.failure(active.epoch(), "HTTP 500", Given.NOW, 1).circuit())
                .isSameAs(afterwards);
    }

    @Test
    void pausingItAgainChangesNothing() {
        assertThat(paused.pause(Given.NOW).circuit()).isSameAs(paused);
    }

    @Test
    void cannotHaveAStamp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CircuitBreaker(
                        CircuitState.PAUSED,
                        0,
                        0,
                        Given.NOW,
                        Optional.of(Given.NOW),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
