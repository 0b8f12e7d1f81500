package io.decnet.webhook.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.testing.EmptyTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The tables of counts on both databases: rows of several nodes add up, and what is old goes. */
class TallyStoreIT {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @TempDir
    Path directory;

    private interface Check {
        void on(TallyStore store);
    }

    private Stream<DynamicTest> onBoth(Check check) {
        return EmptyTables.onBoth(directory, database -> {
            var store = new TallyStore();
            store.sql = Sql.on(database.source());
            check.on(store);
        });
    }

    private static Minute minute(int after, Kind... kinds) {
        var minute = Minute.empty(NOON.plus(Duration.ofMinutes(after)))
                .withEvent()
                .withAttempt(Duration.ofMillis(20))
                .withDelivery(Duration.ofSeconds(2));
        for (var kind : kinds) {
            minute = minute.with(kind);
        }
        return minute;
    }

    @TestFactory
    Stream<DynamicTest> addsUpTheMinutesOfAllNodes() {
        return onBoth(store -> {
            store.write(ONE, List.of(minute(0, Kind.DELIVERED), minute(1, Kind.FAILED)));
            store.write(ONE, List.of(minute(0, Kind.DELIVERED, Kind.RETRIED))); // the same minute, some seconds later
            store.write(OTHER, List.of(minute(0, Kind.HELD)));
            var minutes = store.minutesSince(NOON);
            assertThat(minutes).extracting(Minute::at).containsExactly(NOON, NOON.plusSeconds(60));
            assertThat(minutes).extracting(Minute::events).containsExactly(2L, 1L);
            assertThat(minutes)
                    .extracting(Minute::counts)
                    .containsExactly(new Counts(1, 1, 0, 1), new Counts(0, 0, 1, 0));
            var times = store.timesSince(NOON);
            assertThat(times.attempts().percentile(50).orElseThrow())
                    .isBetween(Duration.ofMillis(15), Duration.ofMillis(20));
            assertThat(times.deliveries().percentile(50).orElseThrow())
                    .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));
            store.forget(NOON.plusSeconds(60));
            assertThat(store.minutesSince(NOON)).extracting(Minute::at).containsExactly(NOON.plusSeconds(60));
        });
    }

    @TestFactory
    Stream<DynamicTest> addsToTheHoursOfSubscriptions() {
        return onBoth(store -> {
            var hours = new TreeMap<Tallies.Hour, Counts>(
                    java.util.Comparator.comparing(Tallies.Hour::subscription).thenComparing(Tallies.Hour::at));
            hours.put(new Tallies.Hour(ONE, NOON), new Counts(3, 0, 1, 0));
            hours.put(new Tallies.Hour(OTHER, NOON.plusSeconds(3600)), new Counts(0, 2, 0, 0));
            store.add(hours);
            store.add(hours);
            assertThat(store.hoursSince(NOON, List.of(ONE, OTHER)))
                    .isEqualTo(Map.of(
                            ONE, Map.of(NOON, new Counts(6, 0, 2, 0)),
                            OTHER, Map.of(NOON.plusSeconds(3600), new Counts(0, 4, 0, 0))));
            store.forget(NOON.plusSeconds(3600));
            assertThat(store.hoursSince(NOON, List.of(ONE))).isEmpty();
        });
    }
}
