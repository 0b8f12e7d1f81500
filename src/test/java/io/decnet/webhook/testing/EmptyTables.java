package io.decnet.webhook.testing;

import io.decnet.webhook.subscription.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DynamicTest;

/** The program's tables with nothing in them, on a database of each kind, for what needs no program. */
public final class EmptyTables {
    private EmptyTables() {}

    /** What is to hold on both. */
    public interface Check {
        void on(Database database) throws Exception;
    }

    public static Stream<DynamicTest> onBoth(Path directory, Check check) {
        return Stream.of(
                DynamicTest.dynamicTest("H2", () -> run(directory, Database::h2, false, check)),
                DynamicTest.dynamicTest("PostgreSQL", () -> run(directory, Database::postgres, true, check)));
    }

    public static FluentConfiguration migrations(Database database, boolean postgres) {
        return Flyway.configure()
                .dataSource(database.source())
                .locations("classpath:db/migration")
                .placeholders(Schema.dialect(postgres));
    }

    private static void run(Path directory, Function<Path, Database> start, boolean postgres, Check check)
            throws Exception {
        try (var database = start.apply(Files.createTempDirectory(directory, "database"))) {
            migrations(database, postgres).load().migrate();
            check.on(database);
        }
    }
}
