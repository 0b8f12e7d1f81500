package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Memory memory = new Memory(64 << 20);
    private final Turns turns = new Turns(new Slots(8));
    private final List<Claim> released = new ArrayList<>();
    private final Lanes lanes = new Lanes(turns, memory, released::add);
    private final Reservations reservations = new Reservations();

    @BeforeEach
    void open() {
        lanes.reconcile(Samples.entry(ONE, CircuitState.ACTIVE, 1), false);
        lanes.reconcile(Samples.entry(OTHER, CircuitState.ACTIVE, 1), false);
        lanes.surveyed(lanes.news(), List.of());
    }

    private boolean reserve(ClaimedDelivery delivery) {
        return lanes.reserve(
                Samples.entry(delivery.subscription(), CircuitState.ACTIVE, 1), delivery.weight(), reservations);
    }

    @Test
    void whatWaitsInALaneThatClosesGoesBack() {
        var delivery = Samples.delivery(ONE);
        assertThat(reserve(delivery)).isTrue();
        lanes.take(delivery);
        lanes.reconcile(Samples.entry(ONE, CircuitState.TRIPPED, 2), true);
        assertThat(released).containsExactly(delivery.asClaim());
        assertThat(memory.used()).isZero();
        assertThat(turns.busy()).isZero();
    }

    @Test
    void whatComesIntoALaneThatHasClosedGoesBack() {
        var delivery = Samples.delivery(ONE);
        reserve(delivery);
        lanes.reconcile(Samples.entry(ONE, CircuitState.PAUSED, 2), true);
        lanes.take(delivery);
        assertThat(released).containsExactly(delivery.asClaim());
        assertThat(memory.used()).isZero();
    }

    @Test
    void aPlaceThatIsGivenUpIsFreeAgain() {
        var delivery = Samples.delivery(ONE);
        reserve(delivery);
        lanes.giveUp(delivery);
        assertThat(memory.used()).isZero();
        assertThat(released).isEmpty();
    }

    @Test
    void afterATripTheRowIsInsertedUnclaimedAndFetchedLater() {
        lanes.reconcile(Samples.entry(ONE, CircuitState.ACTIVE, 2), true);
        assertThat(reserve(Samples.delivery(ONE))).isFalse(); // matched by the index of before
        assertThat(reservations.unclaimed).containsExactly(ONE);
        lanes.endUnclaimed(reservations.unclaimed);
        assertThat(lanes.wants(NOW, 8)).extracting(Want::subscription).containsExactly(ONE);
    }

    @Test
    void eachLaneGetsItsTurnToBeFed() {
        lanes.all().forEach(Lane::spill);
        assertThat(List.of(lanes.wants(NOW, 1), lanes.wants(NOW, 1), lanes.wants(NOW, 1)))
                .extracting(wants -> wants.get(0).subscription())
                .containsExactly(ONE, OTHER, ONE);
    }

    @Test
    void whatTheTableGaveToALaneThatHasClosedGoesBack() {
        lanes.all().forEach(Lane::spill);
        var want = lanes.wants(NOW, 1).get(0);
        lanes.reconcile(Samples.entry(ONE, CircuitState.TRIPPED, 2), true);
        var delivery = Samples.delivery(ONE);
        lanes.feed(want, new Feed(List.of(delivery), true, Instant.MAX));
        assertThat(released).containsExactly(delivery.asClaim());
        assertThat(memory.used()).isZero();
    }

    @Test
    void aSurveyTellsALaneWhatWaitsForIt() {
        assertThat(lanes.anyWants(NOW)).isFalse();
        lanes.surveyed(lanes.news(), List.of(new ClaimStore.Survey(OTHER, true, Instant.MAX)));
        assertThat(lanes.wants(NOW, 8)).extracting(Want::subscription).containsExactly(OTHER);
        assertThat(lanes.news()).containsOnlyKeys(ONE, OTHER);
        lanes.surveyed(Map.of(), List.of());
        assertThat(lanes.anyWants(NOW)).isTrue();
    }
}
