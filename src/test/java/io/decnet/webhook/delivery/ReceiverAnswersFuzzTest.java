package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever a receiver answers, there is one outcome, and a retry that is neither early nor too late. */
class ReceiverAnswersFuzzTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.parse("1s,2s,4s");
    private static final Duration LONGEST = Duration.ofHours(1);

    @Property
    void everyAnswerHasOneOutcome(
            @ForAll @IntRange(min = 100, max = 999) int status,
            @ForAll("headers") Optional<String> retryAfter,
            @ForAll @IntRange(min = 1, max = 6) int tries,
            @ForAll @DoubleRange(max = 1) double jitter) {
        var answer = new SendResult.Answered(status, retryAfter, new byte[0], NOW, Duration.ZERO, Optional.empty());
        var outcome = Outcome.of(answer, tries, SCHEDULE, jitter, NOW);

        boolean retryable = status == 429 || status >= 500;
        if (status / 100 == 2) {
            assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
        } else if (retryable && tries <= 3) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Retrying.class,
                            retry -> assertThat(retry.at()).isBetween(NOW.plusMillis(800), NOW.plus(LONGEST)));
        } else {
            assertThat(outcome).isEqualTo(new Outcome.Failed("HTTP " + status, status == 410));
        }
    }

    @Property
    void noHeaderIsTooStrange(@ForAll("texts") String text) {
        RetryAfter.parse(text, NOW).ifPresent(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    @Property
    void readsSeconds(@ForAll @LongRange(min = 0, max = 999_999_999) long seconds) {
        assertThat(RetryAfter.parse(" " + seconds, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @Property
    void readsDatesAndForgetsThoseThatHavePassed(@ForAll @LongRange(min = -1_000_000, max = 1_000_000) long seconds) {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC));

        assertThat(RetryAfter.parse(date, NOW))
                .isEqualTo(Optional.of(Duration.ofSeconds(seconds)).filter(wait -> !wait.isNegative()));
    }

    @Provide
    Arbitrary<Optional<String>> headers() {
        return texts().optional();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "0",
                        "1",
                        "120",
                        "999999999",
                        "1000000000",
                        "-1",
                        "1.5",
                        "0x10",
                        "١٢",
                        " 7 ",
                        "1,2",
                        "1;q=1",
                        "Fri, 24 Apr 2026 20:25:33 GMT",
                        "Fri, 24 Apr 2026 20:25:33 +0200",
                        "Mon, 24 Apr 2026 20:25:33 GMT",
                        "Friday, 24-Apr-26 20:25:33 GMT",
                        "Fri, 31 Dec 9999 23:59:59 GMT",
                        "Fri Apr 24 20:25:33 2026",
                        "\u0000"),
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings().withChars("0123456789 GMTFri,Apr:").ofMaxLength(30));
    }
}
