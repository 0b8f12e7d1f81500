package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.sql.SqlFault;
import io.decnet.webhook.subscription.SubscriptionIndex;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes to be held is looked at once it is there: a look in the midst of its transaction does not see it. */
class HeldGrowthTest {
    private static final UUID PAUSED = new UUID(0, 1);
    private static final Event EVENT = new Event(
            "e1", new Topic("a.b"), "", Instant.EPOCH, "1".getBytes(StandardCharsets.UTF_8), Optional.empty());

    private final HeldBacklogs held = new HeldBacklogs();
    private final Table table = new Table();
    private final GroupCommit commit = new GroupCommit();

    /** A table in which the limits are applied in the midst of each transaction. */
    private final class Table extends DeliveryStore {
        private boolean away;

        @Override
        Set<UUID> insertEvents(List<NewEvent> events, Instant now) {
            return events.stream().map(NewEvent::key).collect(Collectors.toSet());
        }

        @Override
        void insertDeliveries(List<NewDelivery> deliveries, Instant now) {
            grown();
            if (away) {
                throw new SqlFault(new SQLException("nobody knows how it ended", "08006"));
            }
        }
    }

    @BeforeEach
    void begin() {
        commit.index = new SubscriptionIndex() {
            @Override
            public Snapshot refreshed() {
                return current();
            }
        };
        commit.dispatcher = new Dispatcher();
        commit.ledger = new ClaimLedger();
        commit.held = held;
        commit.meters = new DeliveryMeters() {
            @Override
            void event(Verdict verdict) {
                assertThat(verdict).isEqualTo(Verdict.ACCEPTED);
            }

            @Override
            void held(Collection<UUID> subscriptions) {
                assertThat(subscriptions).containsExactly(PAUSED);
            }
        };
        commit.writer = new IngestWriter();
        commit.writer.index = commit.index;
        commit.writer.dispatcher = commit.dispatcher;
        commit.writer.store = table;
        commit.writer.ledger = commit.ledger;
        commit.writer.ids = new Ids();
        commit.writer.clock = new DatabaseClock();
        commit.writer.clock.local = Clock.systemUTC();
    }

    private List<UUID> grown() {
        List<UUID> grown = new ArrayList<>();
        held.forEachGrown(grown::add);
        return grown;
    }

    private static Set<SubscriptionIndex.Entry> paused(SubscriptionIndex.Snapshot snapshot) {
        return Set.of(Samples.entry(PAUSED, CircuitState.PAUSED, 1));
    }

    @Test
    void afterTheCommit() {
        commit.commit(EVENT, HeldGrowthTest::paused);
        assertThat(grown()).containsExactly(PAUSED);
    }

    @Test
    void alsoWhenNobodyKnowsHowTheCommitEnded() {
        table.away = true;
        assertThatThrownBy(() -> commit.commit(EVENT, HeldGrowthTest::paused)).isInstanceOf(StoreUnavailable.class);
        assertThat(grown()).containsExactly(PAUSED);
    }

    @Test
    void alsoWhenItIsAnAlarm() {
        var waker = new SystemEvents.Waker();
        waker.dispatcher = commit.dispatcher;
        waker.held = held;
        waker.wake(new SystemEvents.RowsWaiting(Set.of(PAUSED)));
        assertThat(grown()).containsExactly(PAUSED);
    }
}
