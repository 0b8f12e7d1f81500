package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LIMIT = 1 << 20;
    private static final int LANES = 32;
    private static final int TOGETHER = 8;

    private final Memory memory = new Memory(LIMIT);
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
        assertThat(anyWant()).map(Want::subscription).contains(ONE);
    }

    @Test
    void eachLaneGetsItsTurnToBeFed() {
        lanes.all().forEach(Lane::spill);
        assertThat(List.of(fedWithNothing(), fedWithNothing(), fedWithNothing()))
                .containsExactly(ONE, OTHER, ONE);
    }

    private UUID fedWithNothing() {
        var want = nextWant();
        lanes.feed(List.of(want), List.of(new Feed(List.of(), false, Instant.MAX)));
        return want.subscription();
    }

    private List<Want> nextWants() {
        return lanes.nextWants(NOW, TOGETHER);
    }

    /** Each of these lanes has a backlog, which is fed alone. */
    private Optional<Want> anyWant() {
        var wants = nextWants();
        assertThat(wants).hasSizeLessThan(2);
        return wants.stream().findFirst();
    }

    private Want nextWant() {
        return anyWant().orElseThrow();
    }

    private void spillMany() {
        for (int id = 1; id <= LANES; id++) {
            lanes.reconcile(Samples.entry(new UUID(0, id), CircuitState.ACTIVE, 1), false);
        }
        lanes.all().forEach(Lane::spill);
    }

    /** Each lane that wants gets rows of this length, as many as it is granted but one at least. */
    private Set<UUID> feedEach(int bodyBytes) {
        byte[] body = new byte[bodyBytes];
        Set<UUID> fed = new HashSet<>();
        for (var want = anyWant(); want.isPresent() && fed.size() < LANES; want = anyWant()) {
            UUID lane = want.get().subscription();
            var rows = new ArrayList<>(List.of(Samples.delivery(lane, body)));
            while ((rows.size() + 1) * Memory.weight(bodyBytes) <= want.get().bytes()) {
                rows.add(Samples.delivery(lane, body));
            }
            lanes.feed(List.of(want.get()), List.of(new Feed(rows, false, Instant.MAX)));
            fed.add(lane);
        }
        return fed;
    }

    @Test
    void manyLanesWithBacklogsTakeNoMoreThanThereIs() {
        spillMany();
        assertThat(feedEach(100)).hasSize(LANES);
        assertThat(memory.used()).isBetween((long) LIMIT / 4, (long) LIMIT);
    }

    @Test
    void largeRowsExceedTheLimitByOneAtMost() {
        spillMany();
        assertThat(feedEach(LIMIT / 5)).hasSize(5);
        assertThat(memory.used()).isBetween((long) LIMIT, LIMIT + Memory.weight(LIMIT / 5));
    }

    @Test
    void aRowLargerThanAllMemoryGetsThroughAndTheNextLaneIsAskedOnceItHas() {
        lanes.all().forEach(Lane::spill);
        lanes.feed(
                List.of(nextWant()),
                List.of(new Feed(List.of(Samples.delivery(ONE, new byte[LIMIT])), true, Instant.MAX)));
        var flight = turns.next(0).get(0);
        assertThat(anyWant()).isEmpty();
        assertThat(lanes.anyWants(NOW)).isTrue(); // each tick asks, and then wakes the feeder
        lanes.landed(flight, true);
        assertThat(nextWant().subscription()).isEqualTo(OTHER);
    }

    @Test
    void whatALaneIsGrantedIsKeptForItUntilItIsFed() {
        lanes.of(ONE).ifPresent(Lane::spill);
        var large = Samples.delivery(OTHER, new byte[LIMIT - (int) Memory.weight(0)]);
        var want = nextWant();
        assertThat(reserve(large)).isFalse();
        lanes.feed(List.of(want), List.of(new Feed(List.of(), true, Instant.MAX)));
        lanes.endUnclaimed(reservations.unclaimed);
        lanes.surveyed(lanes.news(), List.of());
        assertThat(reserve(large)).isTrue();
    }

    @Test
    void whatALaneWasGrantedIsFreeAgainWhenItCouldNotBeFed() {
        lanes.of(ONE).ifPresent(Lane::spill);
        IntStream.range(0, 100).forEach(n -> assertThat(nextWant().bytes()).isEqualTo(LIMIT / 16));
    }

    @Test
    void whatTheTableGaveToALaneThatHasClosedGoesBack() {
        lanes.all().forEach(Lane::spill);
        var want = nextWant();
        lanes.reconcile(Samples.entry(ONE, CircuitState.TRIPPED, 2), true);
        var delivery = Samples.delivery(ONE);
        lanes.feed(List.of(want), List.of(new Feed(List.of(delivery), true, Instant.MAX)));
        assertThat(released).containsExactly(delivery.asClaim());
        assertThat(memory.used()).isZero();
    }

    @Test
    void lanesWhoseRetriesAreDueAreFedTogetherAndEachGetsWhatIsItsOwn() {
        bothHaveRetries();
        var wants = nextWants();
        assertThat(wants).extracting(Want::subscription).containsExactly(ONE, OTHER);
        assertThat(wants).extracting(Want::firsts).containsOnly(0);
        var retry = Samples.delivery(OTHER);
        lanes.feed(wants, List.of(new Feed(List.of(), true, Instant.MAX), new Feed(List.of(retry), true, Instant.MAX)));
        assertThat(lanes.of(ONE).orElseThrow().hasWaiting()).isFalse();
        assertThat(lanes.of(OTHER).orElseThrow().hasWaiting()).isTrue();
        assertThat(nextWants()).isEmpty();
    }

    private void bothHaveRetries() {
        lanes.surveyed(
                lanes.news(),
                List.of(new ClaimStore.Survey(ONE, false, NOW), new ClaimStore.Survey(OTHER, false, NOW)));
    }

    @Test
    void whatIsSetAsideForOneLaneIsNotGrantedToTheNext() {
        var grant = memory.grantForRetries();
        bothHaveRetries();
        memory.take(new Lane(ONE), LIMIT - grant * 3 / 2);
        assertThat(nextWants()).extracting(Want::bytes).containsExactly(grant, grant / 2);
    }

    @Test
    void whoGotNothingIsTheFirstToAskAgain() {
        bothHaveRetries();
        lanes.feed(nextWants(), List.of(new Feed(List.of(), true, NOW)));
        assertThat(nextWants()).extracting(Want::subscription).containsExactly(OTHER, ONE);
    }

    @Test
    void whatCouldNotBeFedLeavesItsRoomToOthersAndAsksAgain() {
        bothHaveRetries();
        var grant = memory.grantForRetries();
        memory.take(new Lane(ONE), LIMIT - 2 * grant);
        var wants = nextWants();
        assertThat(memory.grantForRetries()).isZero();
        lanes.notFed(wants);
        assertThat(memory.grantForRetries()).isEqualTo(grant);
        assertThat(nextWants()).isEqualTo(wants);
    }

    @Test
    void whoCouldNotBeFedAloneHasHadItsTurn() {
        bothHaveRetries();
        lanes.notFed(lanes.nextWants(NOW, 1));
        assertThat(lanes.nextWants(NOW, 1)).extracting(Want::subscription).containsExactly(OTHER);
    }

    @Test
    void noMoreLanesAreFedTogetherThanAsked() {
        spillMany();
        lanes.surveyed(
                lanes.news(),
                lanes.all().stream()
                        .map(lane -> new ClaimStore.Survey(lane.subscription, false, NOW))
                        .toList());
        assertThat(nextWants()).hasSize(TOGETHER);
    }

    @Test
    void aBacklogIsNotFedTogetherWithRetries() {
        lanes.surveyed(
                lanes.news(), List.of(new ClaimStore.Survey(ONE, false, NOW), new ClaimStore.Survey(OTHER, true, NOW)));
        var wants = nextWants();
        assertThat(wants).extracting(Want::subscription).containsExactly(ONE);
        lanes.feed(wants, List.of(new Feed(List.of(), true, Instant.MAX)));
        assertThat(nextWants()).extracting(Want::subscription).containsExactly(OTHER);
    }

    @Test
    void aSurveyTellsALaneWhatWaitsForIt() {
        assertThat(lanes.anyWants(NOW)).isFalse();
        lanes.surveyed(lanes.news(), List.of(new ClaimStore.Survey(OTHER, true, Instant.MAX)));
        assertThat(List.of(nextWant(), nextWant()))
                .extracting(Want::subscription)
                .containsOnly(OTHER);
        assertThat(lanes.news()).containsOnlyKeys(ONE, OTHER);
        lanes.surveyed(Map.of(), List.of());
        assertThat(lanes.anyWants(NOW)).isTrue();
    }
}
