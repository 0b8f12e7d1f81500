package io.decnet.webhook.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static Times of(List<Integer> millis) {
        Times times = Times.NONE;
        for (int each : millis) {
            times = times.plus(Duration.ofMillis(each));
        }
        return times;
    }

    @Test
    void hasNoPercentileOfNothing() {
        assertThat(Times.NONE.percentile(50)).isEmpty();
    }

    @Test
    void readsTheTailFromTheSumOfSeveralNodes() {
        var quick = of(Collections.nCopies(98, 10));
        var slow = of(List.of(9_000, 9_500));
        var all = quick.plus(slow);
        assertThat(all.percentile(50).orElseThrow()).isBetween(Duration.ofMillis(7), Duration.ofMillis(10));
        assertThat(all.percentile(99).orElseThrow()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
    }

    @Test
    void takesWhatLastedLongerThanADayForADay() {
        assertThat(Times.NONE.plus(Duration.ofDays(40)).percentile(99)).contains(Duration.ofDays(1));
    }

    @Test
    void readsWhatAVersionWithFewerBoundsHasWritten() {
        assertThat(Times.parse("3").percentile(50).orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(1));
    }

    @Property
    void isTheSameWrittenAndReadAgain(@ForAll @Size(max = 200) List<@IntRange(max = 100_000_000) Integer> millis) {
        assertThat(Times.parse(of(millis).text())).isEqualTo(of(millis));
    }

    /** A step between bounds is at most a doubling below a minute, so no answer is further off than that. */
    @Property
    void isNeverFurtherOffThanTwice(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 60_000) Integer> millis,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        var sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int rank = Math.max(1, (int) Math.ceil(sorted.size() * percent / 100.0));
        double exact = sorted.get(rank - 1);
        assertThat((double) of(millis).percentile(percent).orElseThrow().toMillis())
                .isBetween(Math.floor(exact / 2), exact * 2 + 1);
    }
}
