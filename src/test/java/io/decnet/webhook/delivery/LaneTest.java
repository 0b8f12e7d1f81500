package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.event.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");
    private static final int AMPLE = 100;

    private final Lane lane = new Lane(UUID.randomUUID());

    @BeforeEach
    void openAndFed() {
        lane.open(1, 2, false);
        lane.fed(true, Instant.MAX, lane.news());
    }

    @Test
    void startsNoMoreThanItsWindow() {
        add(0, 3);

        assertThat(lane.start(AMPLE, AMPLE)).isPresent();
        assertThat(lane.start(AMPLE, AMPLE)).isPresent();
        assertThat(lane.start(AMPLE, AMPLE)).isEmpty();
    }

    @Test
    void startsNoMoreThanItsShareOfTheFastBudget() {
        add(0, 2);

        assertThat(lane.start(1, AMPLE)).isPresent();
        assertThat(lane.start(1, AMPLE)).isEmpty();
    }

    @Test
    void startsNothingAtItsShareOfTheSlowBudget() {
        add(0, 2);
        lane.start(AMPLE, 1);
        lane.becameSlow();

        assertThat(lane.start(AMPLE, 1)).isEmpty();
    }

    @Test
    void startsRetriesBeforeFirstAttempts() {
        ClaimedDelivery first = add(0, 1);
        ClaimedDelivery retry = add(2, 1);

        assertThat(lane.start(AMPLE, AMPLE)).contains(retry);
        assertThat(lane.start(AMPLE, AMPLE)).contains(first);
    }

    @Test
    void keepsThePlaceOfASlowDeliveryForItsRetry() {
        ClaimedDelivery slow = add(0, 1);
        lane.start(AMPLE, AMPLE);
        lane.finished(true, false);
        lane.keepPlace(slow.id(), NOW.plusSeconds(5));
        add(0, 3);

        assertThat(lane.start(AMPLE, AMPLE)).isPresent();
        assertThat(lane.start(AMPLE, AMPLE)).as("the second place is kept").isEmpty();
        ClaimedDelivery retry = delivery(slow.id(), 1);
        lane.add(retry);
        assertThat(lane.start(AMPLE, AMPLE)).contains(retry);
    }

    @Test
    void startsNoOtherInThePlaceOfAFailureThatIsNotRecorded() {
        ClaimedDelivery failed = add(0, 1);
        lane.start(AMPLE, AMPLE);
        lane.keepPlaceUntilRecorded(failed.id(), NOW.plusSeconds(5));
        lane.finished(false, false);
        add(0, 3);

        assertThat(startAll()).as("one of two places").isEqualTo(1);
        lane.recorded(failed.id());
        assertThat(startAll()).isEqualTo(1);
    }

    @Test
    void givesThePlaceOfAFailureUpWhenItCannotBeRecorded() {
        lane.keepPlaceUntilRecorded(UUID.randomUUID(), NOW);
        lane.keepPlaceUntilRecorded(UUID.randomUUID(), NOW);
        add(0, 1);
        assertThat(lane.start(AMPLE, AMPLE)).isEmpty();

        lane.forgetPlacesBefore(NOW.plusMillis(1));

        assertThat(lane.start(AMPLE, AMPLE)).isPresent();
    }

    @Test
    void keepsOnePlaceForASlowFailureHoweverItIsRecorded() {
        ClaimedDelivery slow = add(0, 1);
        lane.start(AMPLE, AMPLE);
        lane.keepPlaceUntilRecorded(slow.id(), NOW.plusSeconds(5));
        lane.finished(true, false);
        lane.keepPlace(slow.id(), NOW.plusSeconds(5));
        add(0, 3);

        assertThat(startAll()).isEqualTo(1);
        lane.recorded(slow.id());
        assertThat(startAll()).as("its place is for its retry").isZero();
    }

    @Test
    void givesAKeptPlaceUpWhenTheRetryDoesNotCome() {
        lane.keepPlace(UUID.randomUUID(), NOW);
        lane.keepPlace(UUID.randomUUID(), NOW);
        add(0, 1);
        assertThat(lane.start(AMPLE, AMPLE)).isEmpty();

        lane.forgetPlacesBefore(NOW.plusMillis(1));

        assertThat(lane.start(AMPLE, AMPLE)).isPresent();
    }

    @Test
    void startsSlowlyAfterAnEnableAndWidensWithEachSuccess() {
        lane.open(2, 3, true);
        add(0, 6);
        assertThat(startAll()).isEqualTo(1);

        lane.finished(false, true);
        assertThat(startAll()).isEqualTo(2);

        lane.finished(false, false);
        assertThat(startAll()).as("a failure does not widen").isEqualTo(1);
    }

    @Test
    void spillsWhenItIsFullAndStaysSpilledUntilTheTableIsDrained() {
        for (int i = 0; i < Lane.CAPACITY; i++) {
            assertThat(lane.reserve(true)).isTrue();
        }
        assertThat(lane.reserve(true)).isFalse();
        lane.unreserve();
        assertThat(lane.reserve(true)).as("nothing goes past the table").isFalse();

        lane.fed(true, Instant.MAX, lane.news());
        assertThat(lane.reserve(true)).as("inserts are still under way").isFalse();

        lane.unclaimedInsertEnded();
        lane.unclaimedInsertEnded();
        lane.unclaimedInsertEnded();
        lane.fed(true, Instant.MAX, lane.news());
        assertThat(lane.reserve(true)).isTrue();
    }

    @Test
    void spillsWhenMemoryIsFull() {
        assertThat(lane.reserve(false)).isFalse();
        assertThat(lane.wantedFirsts()).isPositive();
    }

    @Test
    void looksAtTheTableFirstWhenItOpens() {
        lane.open(2, 2, false);

        assertThat(lane.reserve(true)).isFalse();
        assertThat(lane.wantedFirsts()).isPositive();
        assertThat(lane.wantedRetries(NOW)).isPositive();
    }

    @Test
    void wantsRetriesOnlyOnceTheyAreDue() {
        lane.retryAt(NOW.plusSeconds(1));

        assertThat(lane.wantedRetries(NOW)).isZero();
        assertThat(lane.wantedRetries(NOW.plusSeconds(1))).isPositive();
    }

    @Test
    void handsBackWhatWaitsWhenItCloses() {
        ClaimedDelivery first = add(0, 1);
        ClaimedDelivery retry = add(1, 1);

        assertThat(lane.close()).containsExactlyInAnyOrder(first, retry);
        assertThat(lane.start(AMPLE, AMPLE)).isEmpty();
        assertThat(lane.reserve(true)).isFalse();
        assertThat(lane.isOpen(1)).isFalse();
    }

    private int startAll() {
        int started = 0;
        while (lane.start(AMPLE, AMPLE).isPresent()) {
            started++;
        }
        return started;
    }

    private ClaimedDelivery add(int tries, int count) {
        ClaimedDelivery last = delivery(UUID.randomUUID(), tries);
        lane.add(last);
        for (int i = 1; i < count; i++) {
            last = delivery(UUID.randomUUID(), tries);
            lane.add(last);
        }
        return last;
    }

    private ClaimedDelivery delivery(UUID id, int tries) {
        return new ClaimedDelivery(
                id, 1, lane.subscription, "e", new Topic("a.b"), new byte[0], Optional.empty(), tries, tries);
    }
}
