package io.decnet.webhook.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveCircuitTest {
    private static final Instant NOW = Given.NOW;

    private final CircuitBreaker fresh = CircuitBreaker.closed(NOW);
    private final CircuitBreaker failing = Given.in(CircuitState.ACTIVE);

    @Test
    void startsInEpochZeroWithoutAnythingToTell() {
        assertThat(fresh)
                .isEqualTo(new CircuitBreaker(
                        CircuitState.ACTIVE,
                        0,
                        0,
                        NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void opensAfterFiveConsecutiveFailures() {
        var circuit = fresh;
        for (int i = 1; i <= 4; i++) {
            circuit = circuit.failure(0, "HTTP 500", NOW.plusSeconds(i), 5).circuit();
            assertThat(circuit.state()).isEqualTo(CircuitState.ACTIVE);
            assertThat(circuit.consecutiveFailures()).isEqualTo(i);
        }
        var transition = circuit.failure(0, "HTTP 503", NOW.plusSeconds(5), 5);

        assertThat(transition.circuit())
                .isEqualTo(new CircuitBreaker(
                        CircuitState.TRIPPED,
                        5,
                        1,
                        NOW.plusSeconds(5),
                        Optional.of(NOW.plusSeconds(5)),
                        Optional.empty(),
                        Optional.of(NOW.plusSeconds(5)),
                        Optional.of("HTTP 503")));
        assertThat(transition.change()).contains(CircuitChange.Kind.TRIPPED);
    }

    @Test
    void opensAtTheFirstFailureWithThresholdOne() {
        assertThat(fresh.failure(0, "HTTP 500", NOW, 1).circuit().state()).isEqualTo(CircuitState.TRIPPED);
    }

    @Test
    void opensAtTheNextFailureWhenTheThresholdWasLoweredBelowTheCount() {
        var circuit = failing.failure(Given.EPOCH, "HTTP 500", NOW, 2).circuit();

        assertThat(circuit.state()).isEqualTo(CircuitState.TRIPPED);
        assertThat(circuit.consecutiveFailures()).isEqualTo(Given.FAILURES + 1);
    }

    @Test
    void aSuccessBeginsTheCountAnew() {
        var circuit = failing.success(Given.EPOCH, NOW).circuit();

        assertThat(circuit.consecutiveFailures()).isZero();
        assertThat(circuit.lastError()).isEmpty();
        assertThat(circuit.lastSuccessAt()).contains(NOW);
        assertThat(circuit.lastFailureAt()).isEqualTo(failing.lastFailureAt());
    }

    @Test
    void aReceiverThatIsGoneOpensItAtOnce() {
        var circuit = fresh.gone(0, "HTTP 410", NOW, false).circuit();

        assertThat(circuit.state()).isEqualTo(CircuitState.TRIPPED);
        assertThat(circuit.consecutiveFailures()).isEqualTo(1);
        assertThat(circuit.lastError()).contains("HTTP 410");
    }

    @Test
    void aDeliveryThatHasCountedDoesNotCountAgainWhenItsReceiverIsGone() {
        var circuit = failing.gone(Given.EPOCH, "HTTP 410", NOW, true).circuit();

        assertThat(circuit.state()).isEqualTo(CircuitState.TRIPPED);
        assertThat(circuit.consecutiveFailures()).isEqualTo(Given.FAILURES);
    }

    @Test
    void enablingItCannotResetTheCount() {
        assertThat(failing.enable(NOW).circuit()).isSameAs(failing);
    }

    @Test
    void pausingItKeepsCountAndError() {
        var paused = failing.pause(NOW).circuit();

        assertThat(paused.state()).isEqualTo(CircuitState.PAUSED);
        assertThat(paused.consecutiveFailures()).isEqualTo(Given.FAILURES);
        assertThat(paused.lastError()).isEqualTo(failing.lastError());
        assertThat(paused.autoDisabledAt()).isEmpty();
        assertThat(paused.changedAt()).isEqualTo(NOW);
    }

    @Test
    void timesNeverMoveBackWhateverTheOrderOfOutcomes() {
        var early = Given.BEGAN.minusSeconds(3600);

        assertThat(failing.success(Given.EPOCH, early).circuit().lastSuccessAt())
                .isEqualTo(failing.lastSuccessAt());
        assertThat(failing.failure(Given.EPOCH, "x", early, 9).circuit().lastFailureAt())
                .isEqualTo(failing.lastFailureAt());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 511, 512, 513, 5000})
    void keepsAtMost512CharactersOfAnError(int length) {
        assertThat(error("x".repeat(length))).hasSize(Math.min(length, 512));
    }

    @Test
    void doesNotCutACharacterInTwo() {
        var smile = "\ud83d\ude00";

        assertThat(error("x".repeat(511) + smile)).isEqualTo("x".repeat(511));
        assertThat(error("x".repeat(510) + smile + "y")).isEqualTo("x".repeat(510) + smile);
    }

    private String error(String text) {
        return fresh.failure(0, text, NOW, 5).circuit().lastError().orElseThrow();
    }

    @Test
    void cannotHaveAStamp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(CircuitState.ACTIVE, 0, Optional.of(NOW)))
                .withMessageContaining("auto_disabled_at");
    }

    @Test
    void cannotHaveANegativeCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(CircuitState.ACTIVE, -1, Optional.empty()))
                .withMessageContaining("negative");
    }

    private static CircuitBreaker with(CircuitState state, int failures, Optional<Instant> stamp) {
        return new CircuitBreaker(state, failures, 0, NOW, stamp, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
