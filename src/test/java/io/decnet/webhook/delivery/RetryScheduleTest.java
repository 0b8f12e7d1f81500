package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RetryScheduleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double NO_JITTER = 0.5;

    @Property
    void eachDelayIsKeptGiveOrTakeAFifth(
            @ForAll("schedules") RetrySchedule schedule, @ForAll @DoubleRange(max = 1) double jitter) {
        for (int failed = 1; failed <= schedule.delays().size(); failed++) {
            var delay = schedule.delays().get(failed - 1);

            assertThat(schedule.delayAfter(failed, jitter, Optional.empty()).orElseThrow())
                    .isBetween(
                            delay.multipliedBy(8).dividedBy(10),
                            delay.multipliedBy(12).dividedBy(10));
        }
    }

    @Property
    void asManyRetriesAsDelays(
            @ForAll("schedules") RetrySchedule schedule, @ForAll @IntRange(min = 1, max = 30) int failed) {
        assertThat(schedule.delayAfter(failed, NO_JITTER, Optional.of(HOUR)).isPresent())
                .isEqualTo(failed <= schedule.delays().size());
    }

    @Property
    void waitsForTheLongerOfThePlannedDelayAndAnHourOfWhatWasAsked(
            @ForAll("delays") Duration planned, @ForAll("delays") Duration asked) {
        var capped = asked.compareTo(HOUR) > 0 ? HOUR : asked;
        var longer = capped.compareTo(planned) > 0 ? capped : planned;

        assertThat(new RetrySchedule(List.of(planned)).delayAfter(1, NO_JITTER, Optional.of(asked)))
                .contains(longer);
    }

    @Property
    void readsWhatItWrites(@ForAll("schedules") RetrySchedule schedule) {
        assertThat(RetrySchedule.parse(schedule.text())).isEqualTo(schedule);
    }

    @Example
    void jitterReachesBothEnds() {
        var schedule = RetrySchedule.parse("10s");

        assertThat(schedule.delayAfter(1, 0, Optional.empty())).contains(Duration.ofSeconds(8));
        assertThat(schedule.delayAfter(1, 1, Optional.empty())).contains(Duration.ofSeconds(12));
    }

    @Example
    void anEmptyScheduleHasNoRetry() {
        assertThat(RetrySchedule.parse(" ").delayAfter(1, NO_JITTER, Optional.empty()))
                .isEmpty();
    }

    @Example
    void isItsOwn() {
        var delays = new ArrayList<>(List.of(HOUR));
        var schedule = new RetrySchedule(delays);
        delays.clear();

        assertThat(schedule.delays()).containsExactly(HOUR);
    }

    @Example
    void refusesWhatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(Collections.nCopies(21, HOUR)))
                .withMessageContaining("at most 20 delays");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySchedule(List.of(Duration.ofDays(7).plusMillis(1))))
                .withMessageContaining("from 1ms to 7d");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO)));
    }

    @Provide
    Arbitrary<Duration> delays() {
        return Arbitraries.longs().between(1, Duration.ofDays(7).toMillis()).map(Duration::ofMillis);
    }

    @Provide
    Arbitrary<RetrySchedule> schedules() {
        return delays().list().ofMaxSize(20).map(RetrySchedule::new);
    }
}
