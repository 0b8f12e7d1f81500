package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.sql.SqlFault;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeederTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final int GRANTED = 1000;

    private final List<List<UUID>> asked = new ArrayList<>();
    private final List<UUID> fed = new ArrayList<>();
    private Optional<RuntimeException> fault = Optional.empty();
    private byte[] body = {};
    private final Feeder feeder = new Feeder();

    /** Of the first lane it says what is wrong, if anything is. */
    private final class Table extends ClaimStore {
        @Override
        Feed claim(Want want, long claim, Instant now) {
            if (want.subscription().equals(ONE) && fault.isPresent()) {
                throw fault.get();
            }
            return new Feed(List.of(Samples.delivery(want.subscription(), body)), true, Instant.MAX);
        }
    }

    private final class Rows extends Upkeep {
        @Override
        public List<Feed> claim(List<Want> wants, long claim) {
            asked.add(wants.stream().map(Want::subscription).toList());
            return super.claim(wants, claim);
        }
    }

    private final class Asking extends Dispatcher {
        private final Deque<UUID> hungry = new ArrayDeque<>(List.of(ONE, OTHER));

        @Override
        List<Want> nextWants(int most) {
            return hungry.stream().limit(most).map(this::want).toList();
        }

        private Want want(UUID subscription) {
            return new Want(subscription, 1, 1, 0, GRANTED, 0);
        }

        @Override
        void feed(List<Want> wants, List<Feed> feeds) {
            for (int i = 0; i < feeds.size(); i++) {
                fed.add(hungry.remove());
            }
        }

        @Override
        void notFed(List<Want> wants) {
            if (wants.size() == 1) {
                hungry.add(hungry.remove());
            }
        }
    }

    @BeforeEach
    void wire() {
        var rows = new Rows();
        rows.claims = new Table();
        rows.clock = new DatabaseClock();
        rows.clock.local = Clock.systemUTC();
        feeder.upkeep = rows;
        feeder.dispatcher = new Asking();
        feeder.releases = new Releases();
        feeder.ledger = new ClaimLedger();
    }

    private void step() {
        feeder.step(() -> false);
    }

    @Test
    void lanesAreFedInOneTransaction() {
        step();
        assertThat(asked).containsExactly(List.of(ONE, OTHER));
        assertThat(fed).containsExactly(ONE, OTHER);
        assertThat(feeder.ledger.isInHand(1)).isTrue();
    }

    @Test
    void aRowLargerThanItsLaneWasGrantedIsTheLastOfItsTransaction() {
        body = new byte[GRANTED + 1];
        step();
        assertThat(asked).containsExactly(List.of(ONE, OTHER), List.of(OTHER));
        assertThat(fed).containsExactly(ONE, OTHER);
    }

    @Test
    void aLaneThatCannotBeFedDoesNotKeepOthersFromIt() {
        fault = Optional.of(new IllegalArgumentException("a topic that is none"));
        for (int steps = 0; steps < 3; steps++) {
            assertThatThrownBy(this::step).isSameAs(fault.get());
        }
        assertThat(asked).containsExactly(List.of(ONE, OTHER), List.of(ONE), List.of(OTHER), List.of(ONE));
        assertThat(fed).containsExactly(OTHER);
        assertThat(feeder.ledger.isInDoubt()).isTrue();
    }

    @Test
    void afterAFaultLanesAreSoonFedTogetherAgain() {
        fault = Optional.of(new SqlFault(new SQLException("gone", "08006")));
        assertThatThrownBy(this::step).isSameAs(fault.get());
        fault = Optional.empty();
        step();
        assertThat(asked).containsExactly(List.of(ONE, OTHER), List.of(ONE), List.of(OTHER));
        ((Asking) feeder.dispatcher).hungry.addAll(List.of(ONE, OTHER));
        step();
        assertThat(asked).last().isEqualTo(List.of(ONE, OTHER));
        assertThat(feeder.ledger.isInHand(1)).as("what failed").isFalse();
    }
}
