package io.decnet.webhook.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrippedCircuitTest {
    private final CircuitBreaker tripped = Given.in(CircuitState.TRIPPED);

    @Test
    void trippingItAgainOnlyMovesTheStamp() {
        var again = tripped.failure(Given.EPOCH, "HTTP 503", Given.NOW, 1);

        assertThat(again.change()).isEmpty();
        assertThat(again.circuit())
                .isEqualTo(new CircuitBreaker(
                        CircuitState.TRIPPED,
                        Given.FAILURES,
                        Given.EPOCH,
                        Given.BEGAN,
                        Optional.of(Given.NOW),
                        tripped.lastSuccessAt(),
                        tripped.lastFailureAt(),
                        tripped.lastError()));
        assertThat(again.circuit()
                        .failure(Given.EPOCH, "HTTP 503", Given.NOW, 1)
                        .moved())
                .as("once more at the same time")
                .isFalse();
    }

    @Test
    void theStampNeverMovesBack() {
        var early = Given.BEGAN.minusSeconds(1);

        assertThat(tripped.gone(Given.EPOCH, "HTTP 410", early, false).moved()).isFalse();
    }

    @Test
    void theSixthFailureOnTheWireCountsForNobody() {
        var active = Given.in(CircuitState.ACTIVE);
        var afterwards =
                active.failure(active.epoch(), "HTTP 500", Given.NOW, 1).circuit();
        var enabled = afterwards.enable(Given.NOW).circuit();

        assertThat(afterwards.failure(active.epoch(), "HTTP 500", Given.NOW, 1).circuit())
                .isSameAs(afterwards);
        assertThat(enabled.failure(active.epoch(), "HTTP 500", Given.NOW, 1).circuit())
                .isSameAs(enabled);
    }

    @Test
    void aLateSuccessDoesNotCloseIt() {
        assertThat(tripped.success(Given.EPOCH, Given.NOW).circuit()).isSameAs(tripped);
    }

    @Test
    void onlyAnOperatorClearsIt() {
        var enabled = tripped.enable(Given.NOW);

        assertThat(enabled.change()).contains(CircuitChange.Kind.RECOVERED);
        assertThat(enabled.circuit())
                .isEqualTo(new CircuitBreaker(
                        CircuitState.ACTIVE,
                        0,
                        Given.EPOCH + 1,
                        Given.NOW,
                        Optional.empty(),
                        tripped.lastSuccessAt(),
                        tripped.lastFailureAt(),
                        Optional.empty()));
    }

    @Test
    void pausingItLeavesItTripped() {
        assertThat(tripped.pause(Given.NOW).circuit()).isSameAs(tripped);
    }

    @Test
    void cannotBeWithoutAStamp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CircuitBreaker(
                        CircuitState.TRIPPED,
                        5,
                        1,
                        Given.NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
