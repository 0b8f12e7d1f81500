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
        assertThat(memory.isWorthFilling(greedy, busy)).isFalse();
    }

    @Test
    void ninetyGreedyLanesOneAfterTheOtherLeaveRoomForTheNext() {
        fill(90);
        assertThat(fill().bytes()).isGreaterThan(10 * EVENT);
        assertThat(memory.isWorthFilling(lane(), busy)).isTrue();
    }

    @Test
    void aLaneFullOfFirstAttemptsGetsItsRetries() {
        fill();
        assertThat(memory.roomForRetries()).isGreaterThan(20 * EVENT);
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
