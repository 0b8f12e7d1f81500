package io.decnet.webhook.errand;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.security.Actor;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.sql.SqlFault;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.Subscriptions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrandRunTest {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");
    private static final UUID BROKEN = new UUID(0, 2);
    private static final UUID GONE = new UUID(0, 3);

    private final List<UUID> deleted = new ArrayList<>();
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
        };
    }

    private void delete(UUID... ids) {
        var errand = new Errand(
                new UUID(0, 9),
                Task.DELETE,
                "",
                "admin",
                NOON,
                false,
                Optional.empty(),
                OptionalInt.of(ids.length),
                0,
                0,
                Optional.empty());
        run.each(errand, Actor.SYSTEM, List.of(ids));
    }

    @Test
    void goesOnAfterAStepTheDatabaseCouldNotDo() {
        delete(new UUID(0, 1), BROKEN, GONE, new UUID(0, 4));
        assertThat(deleted).containsExactly(new UUID(0, 1), new UUID(0, 4));
        var last = rows.written.get(rows.written.size() - 1);
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
}
