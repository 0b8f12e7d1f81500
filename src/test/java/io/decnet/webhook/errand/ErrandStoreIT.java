package io.decnet.webhook.errand;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.delivery.NodeIdentity;
import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.EmptyTables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
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
        return EmptyTables.onBoth(directory, database -> {
            var store = new ErrandStore();
            store.sql = Sql.on(database.source());
            store.node = new NodeIdentity();
            check(store, database);
        });
    }

    private static Errand errand(UUID id, Task task, OptionalInt size) {
        return new Errand(id, task, "some", "admin", NOON, false, Optional.empty(), size, 0, 0, Optional.empty());
    }

    /** As if the nodes had written nothing for an hour. */
    private static void silence(Database database) {
        database.update("UPDATE errand SET heard_at = CURRENT_TIMESTAMP - INTERVAL '1' HOUR");
    }

    private static void check(ErrandStore store, Database database) {
        var pause = errand(ONE, Task.PAUSE, OptionalInt.of(3));
        store.insert(pause);
        store.insert(errand(OTHER, Task.REPLAY, OptionalInt.empty()));
        assertThat(store.find(ONE)).contains(pause);
        assertThat(store.find(OTHER).orElseThrow().size()).isEmpty();

        silence(database);
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
