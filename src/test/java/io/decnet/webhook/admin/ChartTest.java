package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.tally.Counts;
import io.decnet.webhook.tally.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");

    private static Chart chart(Counts... counts) {
        return Chart.of(java.util.stream.IntStream.range(0, counts.length)
                .mapToObj(i -> new Span(NOON.plusSeconds(60L * i), counts[i]))
                .toList());
    }

    @Test
    void stacksWhatWentWellAtTheBottom() {
        var bar = chart(new Counts(50, 0, 25, 25)).bars().get(0);
        assertThat(bar.parts())
                .containsExactly(
                        new Chart.Part("delivered", 80, 80),
                        new Chart.Part("failed", 40, 40),
                        new Chart.Part("held", 0, 40));
    }

    @Test
    void givesEachSpanItsShareOfTheWidth() {
        var bars = chart(Counts.NONE, Counts.NONE, Counts.NONE, Counts.NONE).bars();
        assertThat(bars).extracting(Chart.Bar::x).containsExactly(18.0, 198.0, 378.0, 558.0);
        assertThat(bars).extracting(Chart.Bar::width).containsOnly(144.0);
        assertThat(bars).allMatch(bar -> bar.parts().isEmpty());
    }

    @Test
    void endsAtARoundNumberAboveTheHighest() {
        assertThat(List.of(0L, 10L, 11L, 21L, 51L, 1_001L))
                .extracting(Chart::roundedUp)
                .containsExactly(10L, 10L, 20L, 50L, 100L, 2_000L);
    }

    @Test
    void saysWhetherThereIsAnythingToSee() {
        assertThat(chart(Counts.NONE).isEmpty()).isTrue();
        assertThat(chart(Counts.NONE, new Counts(0, 0, 0, 1)).isEmpty()).isFalse();
    }

    @Test
    void listsTheBusySpansNewestFirst() {
        var busy = chart(new Counts(1, 0, 0, 0), Counts.NONE, new Counts(2, 0, 0, 0))
                .getBusy();
        assertThat(busy).extracting(bar -> bar.counts().delivered()).containsExactly(2L, 1L);
    }
}
