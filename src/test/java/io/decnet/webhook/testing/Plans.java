package io.decnet.webhook.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plans PostgreSQL has really made for statements of the running program, from its log: what {@code EXPLAIN} says by hand may be another. */
public final class Plans {
    private static final Pattern ENTRY = Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\d )");

    private final Path log;

    private Plans(Path log) {

        this.log = log;
    }

    /** A server that can tell its plans. */
    public static EmbeddedPostgres.Builder server(Path directory) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("server").toFile())
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", directory.toString())
                .setServerConfig("log_filename", "plans.log")
                .setServerConfig("session_preload_libraries", "auto_explain");
    }

    /** From now on every statement's plan is kept. */
    public static Plans kept(EmbeddedPostgres server, Path directory) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var setting : List.of(
                    "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on",
                    "auto_explain.log_buffers = on")) {
                statement.execute("ALTER SYSTEM SET " + setting);
            }
            statement.execute("SELECT pg_reload_conf()");
        }
        return new Plans(directory.resolve("plans.log"));
    }

    /** Of the statements so far that name the table. */
    public List<String> of(String table) throws IOException {
        try (Stream<String> entries = ENTRY.splitAsStream(Files.readString(log))) {
            return entries.filter(entry -> entry.contains("plan:"))
                    .filter(entry -> entry.contains("FROM " + table) || entry.contains(" on " + table + " "))
                    .toList();
        }
    }

    /** A plan that reads the table from its first row to its last. */
    public static boolean readsAll(String plan, String table) {
        return plan.contains("Seq Scan on " + table + " ") || plan.contains("Seq Scan on " + table + "\n");
    }
}
