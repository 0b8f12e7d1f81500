package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.EmptyTables;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
}
