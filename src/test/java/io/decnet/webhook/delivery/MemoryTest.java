package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long LIMIT = 64 << 20;
    private static final long EVENT = Memory.weight(10_000);

    private final Memory memory = new Memory(LIMIT);
    private int busy;

    @Test
    void oneGreedyLaneGetsASixteenth() {
        Lane greedy = fill();
        assertThat(greedy.bytes()).isBetween(LIMIT / 16 - EVENT, LIMIT / 16);
        assertThat(memory.grant(greedy, busy)).isZero();
    }

    @Test
    void ninetyGreedyLanesOneAfterTheOtherLeaveRoomForTheNext() {
        fill(90);
        assertThat(fill().bytes()).isGreaterThan(10 * EVENT);
        assertThat(memory.grant(lane(), busy)).isGreaterThan(10 * EVENT);
    }

    @Test
    void aLaneFullOfFirstAttemptsGetsItsRetries() {
        fill();
        assertThat(memory.grantForRetries()).isGreaterThan(20 * EVENT);
    }

    @Test
    void neverExceedsItsLimit() {
        fill(10_000);
        assertThat(memory.used()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void aLaneWithNothingTakesALargeEventHoweverManyAreGreedy() {
        fill(200);
        assertThat(memory.room(lane(), busy)).isGreaterThan(Memory.weight(1 << 20));
    }

    @Test
    void theTableGivesALaneWithNothingNoMoreThanItsShare() {
        assertThat(memory.grant(lane(), busy)).isEqualTo(LIMIT / 16);
    }

    @Test
    void theTableGivesALaneWithNothingOneRowHoweverManyAreGreedy() {
        fill(10_000);
        assertThat(memory.grant(lane(), busy)).isEqualTo(1);
    }

    @Test
    void whenNothingIsFreeTheTableGivesNothing() {
        memory.take(lane(), LIMIT);
        assertThat(memory.grant(lane(), busy)).isZero();
        assertThat(memory.grantForRetries()).isZero();
    }

    @Test
    void whatTheTableIsAboutToGiveIsNotFree() {
        memory.setAside(LIMIT - EVENT);
        assertThat(memory.room(lane(), busy)).isEqualTo(EVENT);
        memory.setAside(0);
        assertThat(memory.room(lane(), busy)).isEqualTo(LIMIT);
    }

    @Test
    void whatIsGivenBackIsFree() {
        Lane lane = fill();
        while (lane.bytes() > 0) {
            memory.give(lane, EVENT);
        }
        assertThat(memory.used()).isZero();
    }

    private void fill(int lanes) {
        IntStream.range(0, lanes).forEach(n -> fill());
    }

    private Lane fill() {
        busy++;
        Lane lane = lane();
        while (EVENT <= memory.room(lane, busy)) {
            memory.take(lane, EVENT);
        }
        return lane;
    }

    private static Lane lane() {
        return new Lane(UUID.randomUUID());
    }
}
