package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.delivery.Stuck;
import io.decnet.webhook.system.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** What the tables say, asked behind the program's back. */
final class Rows {
    /** Unfinished rows that contradict themselves: claimed by halves, or without their event. */
    private static final String TORN = """
            SELECT d.id, d.stage, d.wake_at, d.claimed_by, d.claim FROM delivery d WHERE d.stage < 10 AND (
              (d.stage = 2 AND (d.claim IS NULL OR d.claimed_by IS NULL))
              OR (d.stage <> 2 AND (d.claim IS NOT NULL OR d.claimed_by IS NOT NULL))
              OR NOT EXISTS (SELECT 1 FROM event e WHERE e.id = d.event))
            """;

    private final DataSource source;

    private Rows(DataSource source) {
        this.source = source;
    }

    static Rows of(DataSource source) {
        return new Rows(source);
    }

    static Rows copyOf(Path directory) {
        try {
            var copy = Files.createTempDirectory(directory, "rows").resolve("decnet");
            Files.copy(directory.resolve("data/db/decnet.mv.db"), Path.of(copy + ".mv.db"));
            var h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:file:" + copy + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
            h2.setUser("sa");
            h2.setPassword("");
            return new Rows(h2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> list(String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                var line = new StringBuilder();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    line.append(column == 1 ? "" : " ").append(rows.getString(column));
                }
                lines.add(line.toString());
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long count(String fromWhere) {
        return Long.parseLong(list("SELECT count(*) FROM " + fromWhere).get(0));
    }

    long delivered() {
        return count("delivery WHERE stage = 10");
    }

    /** Of one topic alone, where others have been delivered too. */
    long delivered(String topic) {
        return count("delivery d JOIN event e ON e.id = d.event WHERE d.stage = 10 AND e.topic = '" + topic + "'");
    }

    /** How many lives of nodes have claimed something. */
    long claimers() {
        return count("(SELECT DISTINCT claimed_by FROM delivery WHERE stage = 2) claimers");
    }

    long unfinished() {
        return count("delivery WHERE stage < 10");
    }

    /** Nothing is stuck, by the law of the product, and no unfinished row is torn; also in the middle of things. */
    void walk() {
        await().atMost(Program.PATIENCE).untilAsserted(() -> {
            assertThat(list(Stuck.COUNT))
                    .as("deliveries that nothing would wake")
                    .containsExactly("0");
            assertThat(list(TORN)).as("torn rows").isEmpty();
        });
    }

    void awaitFinished() {
        await().atMost(Program.PATIENCE).until(() -> unfinished() == 0);
    }
}
