package io.decnet.webhook.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.sql.SqlFault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final Instant NOW = Instant.parse("2026-04-24T12:30:20Z");
    private static final UUID ONE = new UUID(0, 1);

    private final Table table = new Table();
    private final Tallies tallies = new Tallies();

    /** The table, in memory. */
    private static final class Table extends TallyStore {
        private final Map<Instant, Minute> minutes = new HashMap<>();
        private final Map<Tallies.Hour, Counts> hours = new HashMap<>();
        private final List<Integer> writes = new ArrayList<>();
        private boolean away;

        @Override
        public void write(UUID writer, List<Minute> written) {
            written.forEach(minute -> minutes.put(minute.at(), minute));
            writes.add(written.size());
        }

        @Override
        public void add(SortedMap<Tallies.Hour, Counts> more) {
            if (away) {
                throw new SqlFault(new SQLException("away"));
            }
            more.forEach((hour, counts) -> hours.merge(hour, counts, Counts::plus));
        }

        @Override
        public void forget(Instant before) {
            minutes.keySet().removeIf(before::isAfter);
        }
    }

    @BeforeEach
    void begin() {
        tallies.store = table;
        tallies.ids = new Ids();
        tallies.begin();
    }

    @Test
    void keepsTheRunningMinuteAgainAndThoseThatAreOverOnce() {
        tallies.event(NOW);
        tallies.keep(NOW);
        tallies.count(ONE, Kind.DELIVERED, NOW.plusSeconds(10));
        tallies.attempt(Duration.ofMillis(12), NOW.plusSeconds(10));
        tallies.keep(NOW.plusSeconds(40));
        tallies.keep(NOW.plusSeconds(43));
        var minute = table.minutes.get(Instant.parse("2026-04-24T12:30:00Z"));
        assertThat(minute.events()).isEqualTo(1);
        assertThat(minute.counts()).isEqualTo(new Counts(1, 0, 0, 0));
        assertThat(minute.attempts().percentile(50)).isPresent();
        assertThat(table.writes).containsExactly(1, 1, 0);
    }

    @Test
    void addsALateCountToItsMinute() {
        tallies.event(NOW);
        tallies.keep(NOW.plusSeconds(60));
        tallies.event(NOW.plusSeconds(30));
        tallies.keep(NOW.plusSeconds(200));
        tallies.keep(NOW.plusSeconds(600));
        assertThat(table.minutes.get(Instant.parse("2026-04-24T12:30:00Z")).events())
                .isEqualTo(2);
        assertThat(table.writes).containsExactly(1, 1, 0);
    }

    @Test
    void losesNoHourWhileTheTableIsAway() {
        tallies.count(ONE, Kind.FAILED, NOW);
        table.away = true;
        assertThatThrownBy(() -> tallies.keep(NOW)).isInstanceOf(SqlFault.class);
        tallies.count(ONE, Kind.FAILED, NOW);
        table.away = false;
        tallies.keep(NOW.plusSeconds(3));
        assertThat(table.hours)
                .containsExactly(Map.entry(
                        new Tallies.Hour(ONE, Instant.parse("2026-04-24T12:00:00Z")), new Counts(0, 0, 2, 0)));
    }

    @Test
    void writesManySubscriptionsOnceAMinuteOnly() {
        tallies.keep(NOW);
        for (int n = 0; n < 1000; n++) {
            tallies.count(new UUID(0, n), Kind.DELIVERED, NOW);
        }
        tallies.keep(NOW.plusSeconds(3));
        assertThat(table.hours).isEmpty();
        tallies.keep(NOW.plusSeconds(60));
        assertThat(table.hours).hasSize(1000);
    }

    @Test
    void countsATimeThatRanBackwardsAsNone() {
        tallies.delivery(Duration.ofSeconds(-1), NOW);
        tallies.keep(NOW);
        assertThat(table.minutes.values())
                .singleElement()
                .satisfies(
                        minute -> assertThat(minute.deliveries().percentile(50).orElseThrow())
                                .isLessThanOrEqualTo(Duration.ofMillis(1)));
    }
}
