package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.subscription.Page;
import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.EmptyTables;
import io.decnet.webhook.testing.LogRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A page of a log, on both databases. */
class LogSearchIT {
    @TempDir
    Path directory;

    private static LogSearch search(Database database) {
        var search = new LogSearch();
        search.sql = Sql.on(database.source());
        return search;
    }

    private static Page<DeliveryView> page(
            LogSearch search, Optional<DeliveryState> state, Optional<String> topic, Optional<UUID> after, int limit) {
        var query = new DeliveryQuery(state, topic, Optional.empty(), Optional.empty(), Optional.empty(), after, limit);
        return search.page(LogRows.SUBSCRIPTION, query);
    }

    private static Optional<UUID> next(Page<DeliveryView> page) {
        return page.next().map(UUID::fromString);
    }

    private static List<UUID> ids(Page<DeliveryView> page) {
        return page.items().stream().map(DeliveryView::id).toList();
    }

    private static List<UUID> downFrom(long newest, long oldest) {
        return LongStream.rangeClosed(oldest, newest)
                .mapToObj(LogRows::id)
                .sorted(Collections.reverseOrder())
                .toList();
    }

    private static List<String> topics(int old) {
        return IntStream.rangeClosed(1, old + LogSearch.LOOKED_AT + 100)
                .mapToObj(number -> number <= old ? "old" : "new")
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> whatHasEndedAndWhatHasNotComeInOneOrder() {
        return EmptyTables.onBoth(directory, database -> {
            LogRows.fill(database, Collections.nCopies(20, "a.b"));
            var search = search(database);
            List<UUID> seen = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            Optional<UUID> after = Optional.empty();
            do {
                var page = page(search, Optional.empty(), Optional.empty(), after, 7);
                seen.addAll(ids(page));
                sizes.add(page.items().size());
                after = next(page);
            } while (after.isPresent());
            assertThat(seen).isEqualTo(downFrom(20, 1));
            assertThat(sizes).containsExactly(7, 7, 6);
        });
    }

    @TestFactory
    Stream<DynamicTest> aWalkGoesOnWhereItEnded() {
        return EmptyTables.onBoth(directory, database -> {
            int old = 1_200;
            LogRows.fill(database, topics(old));
            var search = search(database);
            var first = page(search, Optional.empty(), Optional.of("old"), Optional.empty(), 50);
            assertThat(first.items()).isEmpty();
            assertThat(first.next()).contains(LogRows.id(old + 101).toString());
            var second = page(search, Optional.empty(), Optional.of("old"), next(first), 50);
            assertThat(ids(second)).isEqualTo(downFrom(old, old - 49));
        });
    }

    @TestFactory
    Stream<DynamicTest> aWalkForOneStateFindsThatStateAlone() {
        return EmptyTables.onBoth(directory, database -> {
            // Three of six rows are pending, and one has failed: too many of either to be taken from their own index.
            LogRows.fill(database, Collections.nCopies(6 * (LogSearch.LOOKED_AT + 6), "a.b"));
            var search = search(database);
            var failed = page(search, Optional.of(DeliveryState.FAILED), Optional.empty(), Optional.empty(), 3);
            assertThat(ids(failed)).isEqualTo(LogRows.ids(120_034, 120_028, 120_022));
            var more = page(search, Optional.of(DeliveryState.FAILED), Optional.empty(), next(failed), 2);
            assertThat(ids(more)).isEqualTo(LogRows.ids(120_016, 120_010));
            var pending = page(search, Optional.of(DeliveryState.PENDING), Optional.empty(), Optional.empty(), 4);
            assertThat(ids(pending)).isEqualTo(LogRows.ids(120_036, 120_032, 120_031, 120_030));
            assertThat(ids(page(search, Optional.of(DeliveryState.HELD), Optional.empty(), Optional.empty(), 4)))
                    .isEmpty();
        });
    }
}
