package io.decnet.webhook.errand;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.delivery.NodeIdentity;
import io.decnet.webhook.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The table of errands on both databases. */
class ErrandStoreIT {
    private static final Instant NOON = Instant.parse("2026-04-24T12:00:00Z");
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> keepsHowFarAnErrandIs() {
        return Stream.of(
                DynamicTest.dynamicTest("H2", () -> run(Database::h2, "binary large object")),
                DynamicTest.dynamicTest("PostgreSQL", () -> run(Database::postgres, "bytea")));
    }

    private void run(Function<Path, Database> start, String bytes) throws IOException, SQLException {
        try (var database = start.apply(Files.createTempDirectory(directory, "database"))) {
            Flyway.configure()
                    .dataSource(database.source())
                    .locations("classpath:db/migration")
                    .placeholders(Map.of("bytes", bytes))
                    .load()
                    .migrate();
            var store = new ErrandStore();
            store.dataSource = database.source();
            store.node = new NodeIdentity();
            check(store);
        }
    }

    private static Errand errand(UUID id, Task task, OptionalInt size) {
        return new Errand(id, task, "some", "admin", NOON, false, Optional.empty(), size, 0, 0, Optional.empty());
    }

    /** As if the nodes had written nothing for an hour. */
    private static void silence(ErrandStore store) throws SQLException {
        try (var connection = store.dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE errand SET heard_at = CURRENT_TIMESTAMP - INTERVAL '1' HOUR");
        }
    }

    private static void check(ErrandStore store) throws SQLException {
        var pause = errand(ONE, Task.PAUSE, OptionalInt.of(3));
        store.insert(pause);
        store.insert(errand(OTHER, Task.REPLAY, OptionalInt.empty()));
        assertThat(store.find(ONE)).contains(pause);
        assertThat(store.find(OTHER).orElseThrow().size()).isEmpty();

        silence(store);
        assertThat(store.find(ONE).orElseThrow().silent()).isTrue();
        store.progress(pause.did());
        assertThat(store.find(ONE).orElseThrow().silent()).isFalse();
        assertThat(store.find(ONE).orElseThrow().lastError()).isEmpty();
        store.progress(pause.did().refused(Why.AWAY));
        store.end(ONE, NOON.plusSeconds(3));
        var ended = store.find(ONE).orElseThrow();
        assertThat(ended.done()).isEqualTo(1);
        assertThat(ended.refused()).isEqualTo(1);
        assertThat(ended.lastError()).contains(Why.AWAY);
        assertThat(ended.endedAt()).contains(NOON.plusSeconds(3));

        assertThat(store.since(NOON)).hasSize(2);
        store.forget(NOON.plusSeconds(1));
        assertThat(store.since(NOON)).isEmpty();
    }
}
