package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final int SLOTS = 4;

    private final Turns turns = new Turns(new Slots(SLOTS));
    private final Lane one = lane(1);
    private final Lane other = lane(2);

    private static Lane lane(long id) {
        Lane lane = new Lane(new UUID(0, id));
        lane.open(1, 8, false);
        return lane;
    }

    private void waits(Lane lane, int deliveries) {
        for (int i = 0; i < deliveries; i++) {
            lane.add(Samples.delivery(lane.subscription));
            turns.joined(lane);
        }
    }

    private static long of(Lane lane, List<Flight> flights) {
        return flights.stream().filter(flight -> flight.lane.equals(lane)).count();
    }

    @Test
    void oneLaneAloneTakesAllSlots() {
        waits(one, 10);
        assertThat(turns.next(0)).hasSize(SLOTS);
        assertThat(turns.inFlight()).isEqualTo(SLOTS);
    }

    @Test
    void twoLanesShareTheSlots() {
        waits(one, 10);
        waits(other, 10);
        var flights = turns.next(0);
        assertThat(of(one, flights)).isEqualTo(2);
        assertThat(of(other, flights)).isEqualTo(2);
    }

    @Test
    void aLaneThatHasItsShareStartsNothingUntilOneOfItsAttemptsHasLanded() {
        waits(one, 10);
        var flights = turns.next(0);
        turns.again(one);
        assertThat(turns.next(0)).isEmpty();
        turns.landed(flights.get(0), true);
        turns.again(one);
        assertThat(turns.next(0)).hasSize(1);
    }

    @Test
    void attemptsThatTakeLongMakeRoomForOthers() {
        waits(one, 10);
        turns.next(0);
        waits(other, 10);
        assertThat(turns.next(0)).isEmpty();
        turns.moveAside(1);
        assertThat(of(other, turns.next(0))).isEqualTo(2);
    }

    @Test
    void aLaneIsBusyAsLongAsSomethingOfItIsOnTheWire() {
        waits(one, 1);
        var flight = turns.next(0).get(0);
        one.close();
        turns.left(one);
        assertThat(turns.busy()).isEqualTo(1);
        turns.landed(flight, false);
        assertThat(turns.busy()).isZero();
    }
}
