package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    private static final long SEVEN_DAYS = 604_800_000;

    @ParameterizedTest
    @CsvSource({
        "500ms, 500ms",
        "1000ms, 1s",
        "60s, 1m",
        "90s, 90s",
        "90m, 90m",
        "24h, 1d",
        "25h, 25h",
        "7d, 7d",
        "0d, 0s",
        "' 5m ', 5m"
    })
    void readsWhatOperatorsWriteAndWritesItInTheLargestUnit(String text, String written) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "1.5s",
                "-1s",
                "+1s",
                "1 s",
                "1S",
                "1w",
                "1sm",
                "1s1m",
                "PT1S",
                "1234567890123s",
                "١s"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageStartingWith("a duration is a whole number and a unit");
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 10_000_000_000L) long millis) {
        var duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Property
    void readsTheScheduleItWrites(@ForAll @Size(max = 20) List<@LongRange(min = 1, max = SEVEN_DAYS) Long> millis) {
        var delays = millis.stream().map(Duration::ofMillis).toList();

        assertThat(Durations.parseSchedule(Durations.formatSchedule(delays))).isEqualTo(delays);
    }

    @Property(tries = 50)
    void aScheduleIsBounded(@ForAll @IntRange(max = 40) int delays) {
        var text = String.join(",", Collections.nCopies(delays, "1s"));
        if (delays <= Durations.MAX_DELAYS) {
            assertThat(Durations.parseSchedule(text)).hasSize(delays);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Durations.parseSchedule(text))
                    .withMessage("a schedule has at most 20 delays");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "8d", "1s,0ms", "1s,169h"})
    void aDelayIsFromAMillisecondToAWeek(String schedule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parseSchedule(schedule))
                .withMessage("a delay is from 1ms to 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s,", ",1s", "1s,,2s", ","})
    void aScheduleHasNoHoles(String schedule) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parseSchedule(schedule));
    }
}
