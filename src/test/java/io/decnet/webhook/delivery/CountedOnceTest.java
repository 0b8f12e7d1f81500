package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.event.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** A delivery counts once in its circuit: when it has failed, or at its fourth failed attempt, whichever is first. */
class CountedOnceTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");
    private static final int FAR = 1000;

    private CircuitBreaker circuit = CircuitBreaker.closed(NOW);
    private int failedAttempts;
    private Optional<Outcome> last = Optional.empty();

    /** Attempts a delivery with these answers, one after the other, until it is finished. */
    private void deliver(List<Integer> statuses, int retries) {
        circuit = CircuitBreaker.closed(NOW);
        failedAttempts = 0;
        last = Optional.empty();
        var schedule = new RetrySchedule(Collections.nCopies(retries, Duration.ofSeconds(1)));
        for (int status : statuses) {
            if (last.isPresent() && !(last.get() instanceof Outcome.Retrying)) {
                return;
            }
            attempt(status, schedule);
        }
    }

    private void attempt(int status, RetrySchedule schedule) {
        SendResult result =
                new SendResult.Answered(status, Optional.empty(), new byte[0], NOW, Duration.ZERO, Optional.empty());
        var delivery = new ClaimedDelivery(
                new UUID(0, 1),
                1,
                new UUID(0, 2),
                "e",
                new Topic("a"),
                new byte[0],
                Optional.empty(),
                failedAttempts,
                failedAttempts);
        var outcome = Outcome.of(result, failedAttempts + 1, schedule, 0.5, NOW);
        circuit = OutcomeRecorder.step(circuit, new AttemptReport(delivery, 0, FAR, result, outcome, NOW))
                .circuit();
        last = Optional.of(outcome);
        if (!(outcome instanceof Outcome.Delivered)) {
            failedAttempts++;
        }
    }

    @Property
    void failedDeliveriesAndFourthFailuresCountOnceAllElseNot(
            @ForAll("answers") List<Integer> answers, @ForAll @IntRange(max = 20) int retries) {
        deliver(answers, retries);

        boolean counts = last.filter(Outcome.Failed.class::isInstance).isPresent() || failedAttempts >= 4;
        boolean forgotten = last.filter(Outcome.Delivered.class::isInstance).isPresent();
        assertThat(circuit.consecutiveFailures()).isEqualTo(counts && !forgotten ? 1 : 0);
    }

    @Property
    void theCircuitTripsIfTheReceiverIsGoneAtWhateverAttempt(@ForAll @IntRange(max = 19) int earlier) {
        deliver(
                Stream.concat(Collections.nCopies(earlier, 500).stream(), Stream.of(410))
                        .toList(),
                20);

        assertThat(circuit.state()).isEqualTo(CircuitState.TRIPPED);
        assertThat(circuit.consecutiveFailures()).isEqualTo(1);
    }

    @Example
    void theFifthAndLaterFailuresTellTheCircuitNothing() {
        deliver(Collections.nCopies(4, 500), 10);
        var counted = circuit;
        deliver(Collections.nCopies(9, 500), 10);

        assertThat(circuit).isEqualTo(counted);
    }

    @Provide
    Arbitrary<List<Integer>> answers() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.of(429, 500, 503)),
                        Tuple.of(1, Arbitraries.of(200, 204)),
                        Tuple.of(1, Arbitraries.of(301, 404, 410)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(22);
    }
}
