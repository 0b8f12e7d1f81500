package io.decnet.webhook.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatelyTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");

    private static Minute minute(int after, Kind... kinds) {
        Minute minute = Minute.empty(NOON.plus(Duration.ofMinutes(after)));
        for (Kind kind : kinds) {
            minute = minute.with(kind);
        }
        return minute;
    }

    @Test
    void addsMinutesToSpansAndLeavesNoneOut() {
        var spans = Lately.spans(
                List.of(
                        minute(0, Kind.DELIVERED),
                        minute(14, Kind.FAILED),
                        minute(15, Kind.HELD, Kind.HELD),
                        minute(44, Kind.RETRIED)),
                NOON,
                Duration.ofMinutes(15),
                4);
        assertThat(spans)
                .containsExactly(
                        new Span(NOON, new Counts(1, 0, 1, 0)),
                        new Span(NOON.plusSeconds(900), new Counts(0, 0, 0, 2)),
                        new Span(NOON.plusSeconds(1800), new Counts(0, 1, 0, 0)),
                        new Span(NOON.plusSeconds(2700), Counts.NONE));
    }

    @Test
    void leavesOutWhatIsBeforeOrAfter() {
        var spans = Lately.spans(
                List.of(minute(-1, Kind.DELIVERED), minute(2, Kind.DELIVERED)), NOON, Duration.ofMinutes(1), 2);
        assertThat(spans).extracting(Span::counts).containsOnly(Counts.NONE);
    }

    @Test
    void tellsTheRateSinceTheStart() {
        var minutes = List.of(
                minute(-30).withEvent(),
                minute(0).withEvent().withEvent().withEvent(),
                minute(1).withEvent());
        assertThat(Lately.eventsPerMinute(minutes, NOON.plusSeconds(20), NOON.plusSeconds(120)))
                .isEqualTo(2);
        assertThat(Lately.eventsPerMinute(List.of(minute(0).withEvent()), NOON, NOON.plusSeconds(1)))
                .isEqualTo(1);
        assertThat(Lately.eventsPerMinute(List.of(), NOON, NOON)).isZero();
    }

    @Test
    void countsTheQuietMinutesBeforeABurstToo() {
        var burst = List.of(
                minute(4).withEvent().withEvent().withEvent().withEvent().withEvent());
        assertThat(Lately.eventsPerMinute(burst, NOON.minusSeconds(86_400), NOON.plusSeconds(300)))
                .isEqualTo(1.25); // five in the four minutes that are over, the fifth having just begun
    }
}
