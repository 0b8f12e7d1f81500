package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.event.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.parse("1s,2s,4s");
    private static final double NO_JITTER = 0.5;

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void everySuccessStatusDelivers(int status) {
        assertThat(of(status, 1)).isEqualTo(new Outcome.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 413, 422})
    void redirectsAndClientErrorsAreFinal(int status) {
        assertThat(of(status, 1)).isEqualTo(new Outcome.Failed("HTTP " + status, false));
    }

    @Test
    void aReceiverThatIsGoneIsFinalAndSaysSo() {
        assertThat(of(410, 1)).isEqualTo(new Outcome.Failed("HTTP 410", true));
    }

    @ParameterizedTest
    @CsvSource({"429, 1, 1", "500, 1, 1", "503, 2, 2", "599, 3, 4"})
    void overloadAndServerErrorsAreRetriedByTheSchedule(int status, int tries, int seconds) {
        assertThat(of(status, tries)).isEqualTo(new Outcome.Retrying("HTTP " + status, NOW.plusSeconds(seconds)));
    }

    @Test
    void anExhaustedScheduleFails() {
        assertThat(of(503, 4)).isEqualTo(new Outcome.Failed("HTTP 503", false));
    }

    @ParameterizedTest
    @EnumSource(
            value = SendResult.Failure.class,
            names = {"TIMEOUT", "NETWORK"})
    void silenceIsRetried(SendResult.Failure kind) {
        assertThat(Outcome.of(silent(kind), 1, SCHEDULE, NO_JITTER, NOW))
                .isEqualTo(new Outcome.Retrying("no answer", NOW.plusSeconds(1)));
    }

    @Test
    void aForbiddenDestinationIsFinal() {
        assertThat(Outcome.of(silent(SendResult.Failure.REFUSED), 1, SCHEDULE, NO_JITTER, NOW))
                .isEqualTo(new Outcome.Failed("no answer", false));
    }

    @Test
    void aLongerRetryAfterReplacesTheDelay() {
        SendResult asked = answered(503, Optional.of("120"));

        assertThat(Outcome.of(asked, 1, SCHEDULE, NO_JITTER, NOW))
                .isEqualTo(new Outcome.Retrying("HTTP 503", NOW.plusSeconds(120)));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 1, false",
        "500, 3, false",
        "500, 4, true",
        "404, 1, true",
        "404, 3, true",
        "404, 5, false",
        "200, 4, false"
    })
    void aDeliveryCountsAtItsEndOrAtItsFourthFailedAttempt(int status, int tries, boolean counts) {
        RetrySchedule longSchedule = RetrySchedule.parse("1s,1s,1s,1s,1s,1s");
        SendResult result = answered(status, Optional.empty());
        ClaimedDelivery delivery = new ClaimedDelivery(
                UUID.randomUUID(),
                1,
                UUID.randomUUID(),
                "e",
                new Topic("a"),
                new byte[0],
                Optional.empty(),
                tries - 1,
                tries - 1);
        Outcome outcome = Outcome.of(result, tries, longSchedule, NO_JITTER, NOW);

        assertThat(new AttemptReport(delivery, 0, 5, result, outcome, NOW).concernsCircuit())
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "' 30 ', 30",
        "'Fri, 24 Apr 2026 20:25:33 GMT', 60",
    })
    void readsRetryAfterInBothForms(String text, long seconds) {
        assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999", "Fri, 24 Apr 2026 20:00:00 GMT"})
    void ignoresARetryAfterThatSaysNothing(String text) {
        assertThat(RetryAfter.parse(text, NOW)).isEmpty();
    }

    private static Outcome of(int status, int tries) {
        return Outcome.of(answered(status, Optional.empty()), tries, SCHEDULE, NO_JITTER, NOW);
    }

    private static SendResult answered(int status, Optional<String> retryAfter) {
        return new SendResult.Answered(status, retryAfter, new byte[0], NOW, Duration.ZERO, Optional.empty());
    }

    private static SendResult silent(SendResult.Failure kind) {
        return new SendResult.NotAnswered(kind, "no answer", NOW, Duration.ZERO, Optional.empty());
    }
}
