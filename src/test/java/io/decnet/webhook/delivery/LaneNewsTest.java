package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to the table while it is being asked must not be forgotten with the answer. */
class LaneNewsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Lane lane = new Lane(new UUID(0, 1));

    @BeforeEach
    void open() {
        lane.open(1, 8, false);
    }

    @Test
    void asksNoMoreOnceTheTableIsDrained() {
        lane.fed(true, Instant.MAX, lane.news());

        assertThat(lane.wantedFirsts()).isZero();
        assertThat(lane.wantedRetries(NOW)).isZero();
    }

    @Test
    void asksAgainForRowsThatCameInTheMeantime() {
        long asked = lane.news();
        lane.spill();
        lane.fed(true, Instant.MAX, asked);

        assertThat(lane.wantedFirsts()).isPositive();
    }

    @Test
    void asksAgainWhenAnUnclaimedInsertEndedInTheMeantime() {
        lane.reserve(false);
        long asked = lane.news();
        lane.unclaimedInsertEnded();
        lane.fed(true, Instant.MAX, asked);

        assertThat(lane.wantedFirsts()).isPositive();
    }

    @Test
    void keepsARetryThatWasPlannedInTheMeantime() {
        lane.fed(true, Instant.MAX, lane.news());
        long asked = lane.news();
        lane.retryAt(NOW);
        lane.fed(true, Instant.MAX, asked);

        assertThat(lane.wantedRetries(NOW)).isPositive();
    }
}
