package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.HandClock;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
    private final HandClock clock = new HandClock();
    private final FailedLogins failures = new FailedLogins(clock);

    private long written(int times) {
        long written = 0;
        for (int i = 0; i < times; i++) {
            written += failures.one().isPresent() ? 1 : 0;
        }
        return written;
    }

    @Test
    void aHundredAtOnceAreWrittenDownAndNoMore() {
        assertThat(written(5_000)).isEqualTo(FailedLogins.AT_ONCE);
    }

    @Test
    void thenOneEachTenSecondsWhichTellsOfTheOthers() {
        written(FailedLogins.AT_ONCE + 7);
        clock.goOn(FailedLogins.ONE_EACH);
        assertThat(failures.one()).isEqualTo(OptionalInt.of(7));
        assertThat(failures.one()).isEmpty();
        clock.goOn(FailedLogins.ONE_EACH);
        assertThat(failures.one()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void aDayOfGuessingLeavesSomeThousandLines() {
        long written = 0;
        for (int second = 0; second < Duration.ofDays(1).toSeconds(); second++) {
            written += written(10);
            clock.goOn(Duration.ofSeconds(1));
        }
        assertThat(written).isLessThan(9_000);
    }

    @Test
    void afterAPauseThereIsRoomAgain() {
        written(1_000);
        clock.goOn(Duration.ofHours(1));
        assertThat(failures.one().orElseThrow()).isEqualTo(900);
        assertThat(written(1_000)).isEqualTo(FailedLogins.AT_ONCE - 1);
    }
}
