package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.EmptyTables;
import io.decnet.webhook.testing.LogRows;
import java.nio.file.Path;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SchemaIT {
    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> onlyOnPostgresADeliveryHasAForeignKey() {
        return EmptyTables.onBoth(directory, database -> {
            boolean h2 = database.list("SELECT version()").get(0).contains("H2");
            assertThat(database.count("SELECT count(*) FROM information_schema.table_constraints"
                            + " WHERE lower(table_name) = 'delivery' AND constraint_type = 'FOREIGN KEY'"))
                    .isEqualTo(h2 ? 0 : 1);
        });
    }

    /** H2 commits each statement of a migration: this one was broken off after its second. */
    @Test
    void aBrokenOffMigrationOfTheLogIsDoneToItsEnd() throws Exception {
        try (var database = Database.h2(directory)) {
            EmptyTables.migrations(database, false).target("13").load().migrate();
            LogRows.fill(database, Collections.nCopies(12, "a.b"));
            database.update("DROP INDEX delivery_log");
            database.update("ALTER TABLE delivery ADD COLUMN logged_for uuid"
                    + " GENERATED ALWAYS AS (CASE WHEN stage >= 10 THEN subscription_id END)");
            EmptyTables.migrations(database, false).load().migrate();
            assertThat(database.list("SELECT id FROM delivery WHERE logged_for = ? ORDER BY id", LogRows.SUBSCRIPTION))
                    .containsExactlyElementsOf(LogRows.ids(3, 4, 5, 9, 10, 11).stream()
                            .map(UUID::toString)
                            .toList());
            assertThat(database.count(
                            "SELECT count(*) FROM information_schema.indexes WHERE index_name = 'delivery_log'"))
                    .isEqualTo(1);
        }
    }
}
