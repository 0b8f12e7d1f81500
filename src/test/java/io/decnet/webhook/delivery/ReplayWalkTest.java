package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.testing.HandClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replay walks once over what there was when it was asked for, chunk by chunk. */
class ReplayWalkTest {
    private static final UUID WEBHOOK = new UUID(0, 1);
    private static final UUID LAST_OF_FIRST = new UUID(0, 1000);

    private final HandClock time = new HandClock();
    private final Chunks chunks = new Chunks();
    private final Deliveries deliveries = new Deliveries();
    private final Instant asked = time.instant();

    /** Two chunks, each of which takes a minute; before the second a fault comes so often. */
    private final class Chunks extends Replays {
        private final List<Wish> wishes = new ArrayList<>();
        private final List<Optional<UUID>> begun = new ArrayList<>();
        private int faults;

        @Override
        public Chunk reopen(Wish wish, Optional<UUID> after) {
            wishes.add(wish);
            begun.add(after);
            time.goOn(Duration.ofMinutes(1));
            if (after.isEmpty()) {
                return new Chunk(1000, Optional.of(LAST_OF_FIRST));
            }
            if (faults-- > 0) {
                throw new IllegalStateException(new SQLException("the connection broke", "08006"));
            }
            return new Chunk(7, Optional.empty());
        }
    }

    @BeforeEach
    void begin() {
        deliveries.replays = chunks;
        deliveries.clock = new DatabaseClock();
        deliveries.clock.local = time;
        // The container repeats; here two tries do.
        deliveries.faults = new PassingFaults() {
            @Override
            public <T> T answer(Supplier<T> transaction) {
                try {
                    return super.answer(transaction);
                } catch (DatabaseAway e) {
                    return super.answer(transaction);
                }
            }
        };
    }

    private int replay(Optional<Instant> until) {
        return deliveries.replay(WEBHOOK, Optional.empty(), until, Set.of(DeliveryState.DELIVERED));
    }

    @Test
    void takesNothingThatCameLater() {
        assertThat(replay(Optional.empty())).isEqualTo(1007);
        assertThat(replay(Optional.of(asked.plus(Duration.ofDays(1))))).isEqualTo(1007);
        assertThat(chunks.wishes).extracting(Replays.Wish::until).startsWith(asked, asked);
        assertThat(chunks.wishes.get(2).until()).isEqualTo(asked.plus(Duration.ofMinutes(2)));
    }

    @Test
    void endsWhereTheOperatorSays() {
        var until = asked.minus(Duration.ofHours(1));
        replay(Optional.of(until));
        assertThat(chunks.wishes).extracting(Replays.Wish::until).containsOnly(until);
    }

    @Test
    void aFaultIsMetByRepeatingTheChunkAlone() {
        chunks.faults = 1;
        assertThat(replay(Optional.empty())).isEqualTo(1007);
        assertThat(chunks.begun)
                .containsExactly(Optional.empty(), Optional.of(LAST_OF_FIRST), Optional.of(LAST_OF_FIRST));
    }

    @Test
    void aFaultThatStaysEndsTheWalk() {
        chunks.faults = 2;
        assertThatThrownBy(() -> replay(Optional.empty())).isInstanceOf(PassingFaults.DatabaseAway.class);
    }
}
