package io.decnet.webhook.errand;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.delivery.Limits;
import io.decnet.webhook.security.Actor;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.sql.SqlFault;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.SubscriptionSettings;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrandRunTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");
    private static final UUID BROKEN = new UUID(0, 2);
    private static final UUID GONE = new UUID(0, 3);

    private final List<UUID> deleted = new ArrayList<>();
    private final List<UUID> enabled = new ArrayList<>();
    private final List<SubscriptionPatch> patches = new ArrayList<>();
    private final Map<UUID, CircuitState> states = new HashMap<>();
    private final Rows rows = new Rows();
    private final ErrandRun run = new ErrandRun();

    /** The table, in memory. */
    private static final class Rows extends ErrandStore {
        private final List<Errand> written = new ArrayList<>();
        private boolean away;

        @Override
        public void progress(Errand errand) {
            if (away) {
                throw new SqlFault(new SQLException("away", "08006"));
            }
            written.add(errand);
        }

        @Override
        public void end(UUID errand, Instant now) {
            if (away) {
                throw new SqlFault(new SQLException("away", "08006"));
            }
        }
    }

    @BeforeEach
    void begin() {
        run.store = rows;
        run.faults = new PassingFaults();
        run.caller = new Caller();
        // Later than all it is compared with, so each step is told.
        run.clock = Clock.fixed(NOON.plus(Duration.ofSeconds(5)), ZoneOffset.UTC);
        run.subscriptions = new Subscriptions() {
            @Override
            public void delete(UUID id) {
                if (id.equals(BROKEN)) {
                    throw new IllegalStateException(new SQLException("broken", "08006"));
                }
                if (id.equals(GONE)) {
                    throw new NoSuchSubscription(id);
                }
                deleted.add(id);
            }

            @Override
            public Optional<SubscriptionView> find(UUID id) {
                return Optional.ofNullable(states.get(id)).map(state -> view(id, state));
            }

            @Override
            public SubscriptionView patch(UUID id, SubscriptionPatch patch, Optional<Long> ifVersion) {
                patches.add(patch);
                enabled.add(id);
                return view(id, CircuitState.ACTIVE);
            }
        };
    }

    private static SubscriptionView view(UUID id, CircuitState state) {
        return new SubscriptionView(
                id,
                1,
                "siem",
                "http://127.0.0.1:9/",
                List.of(),
                state,
                0,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOON,
                NOON,
                List.of(),
                new SubscriptionSettings(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private void delete(UUID... ids) {
        run.each(errand(Task.DELETE), Actor.SYSTEM, List.of(ids));
    }

    private static Errand errand(Task task) {
        return new Errand(
                new UUID(0, 9),
                task,
                "",
                "admin",
                NOON,
                false,
                Optional.empty(),
                OptionalInt.empty(),
                0,
                0,
                Optional.empty());
    }

    private Errand lastWritten() {
        return rows.written.get(rows.written.size() - 1);
    }

    @Test
    void goesOnAfterAStepTheDatabaseCouldNotDo() {
        delete(new UUID(0, 1), BROKEN, GONE, new UUID(0, 4));
        assertThat(deleted).containsExactly(new UUID(0, 1), new UUID(0, 4));
        var last = lastWritten();
        assertThat(last.done()).isEqualTo(3);
        assertThat(last.refused()).isEqualTo(1);
        assertThat(last.lastError()).contains(Why.AWAY);
    }

    @Test
    void doesEveryStepThoughItsRowCannotBeWritten() {
        rows.away = true;
        delete(new UUID(0, 1), new UUID(0, 4), new UUID(0, 5));
        assertThat(deleted).containsExactly(new UUID(0, 1), new UUID(0, 4), new UUID(0, 5));
    }

    @Test
    void resumesPausedOnesAndLeavesActiveAndTrippedOnesAlone() {
        var paused = new UUID(0, 1);
        var active = new UUID(0, 4);
        var tripped = new UUID(0, 5);
        states.putAll(Map.of(paused, CircuitState.PAUSED, active, CircuitState.ACTIVE, tripped, CircuitState.TRIPPED));
        run.each(errand(Task.RESUME), Actor.SYSTEM, List.of(paused, active, tripped));
        assertThat(enabled).containsExactly(paused);
        assertThat(patches).containsExactly(SubscriptionPatch.enabled(true));
        assertThat(lastWritten().done()).isEqualTo(2);
    }

    @Test
    void aReplayThatMetADatabaseThatStaysAwaySaysSo() {
        run.deliveries = new Deliveries() {
            @Override
            public int replay(
                    UUID subscription,
                    Optional<Instant> since,
                    Optional<Instant> until,
                    Collection<DeliveryState> wanted,
                    IntConsumer progress) {
                progress.accept(1000);
                return run.faults.answer(() -> {
                    throw new SqlFault(new SQLException("away", "08006"));
                });
            }
        };
        run.replay(
                errand(Task.REPLAY),
                Actor.SYSTEM,
                new ErrandRun.Replay(new UUID(0, 1), NOON, Set.of(DeliveryState.FAILED)));
        assertThat(lastWritten().done()).isEqualTo(1000);
        assertThat(lastWritten().lastError()).contains(Why.AWAY);
    }

    private void discard(UUID id) {
        run.deliveries = new Deliveries() {
            private int left = 5;

            @Override
            public Limits.Discarded discardHeld(UUID subscription) {
                int chunk = Math.min(left, 2);
                left -= chunk;
                return new Limits.Discarded(chunk, left > 0);
            }
        };
        run.discard(errand(Task.DISCARD), Actor.SYSTEM, id);
    }

    @Test
    void discardsChunkByChunkAndThenEnablesWithoutTheRest() {
        states.put(BROKEN, CircuitState.TRIPPED);
        discard(BROKEN);
        assertThat(rows.written).extracting(Errand::done).startsWith(2).endsWith(5);
        assertThat(lastWritten().refused()).isZero();
        assertThat(patches).containsExactly(SubscriptionPatch.enabledWithoutHeld());
    }

    @Test
    void saysThatSomebodyEnabledMeanwhileWhatItWasDiscardingFrom() {
        states.put(BROKEN, CircuitState.ACTIVE);
        discard(BROKEN);
        assertThat(lastWritten().lastError()).contains(Why.ENABLED);
        assertThat(patches).isEmpty();
    }

    @Test
    void saysThatWhatItWasDiscardingFromIsGone() {
        discard(GONE);
        assertThat(lastWritten().lastError()).contains(Why.GONE);
    }
}
