package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With H2 before 2.3.230 a file broke at the last number of a commit, for good. */
class CommitNumbersTest {
    private static final int LAST_NUMBER = (1 << 26) - 1;
    private static final int OLD_NUMBER = 1_000;
    private static final int COMMITS = 40;

    @TempDir
    Path directory;

    private final JdbcDataSource h2 = new JdbcDataSource();

    @BeforeEach
    void wire() throws Exception {
        h2.setURL("jdbc:h2:file:" + directory.resolve("decnet") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0");
        try (var connection = h2.getConnection()) {
            execute(connection, "CREATE TABLE counted (n integer PRIMARY KEY)");
        }
    }

    private void count(int first) throws Exception {
        try (var connection = h2.getConnection()) {
            count(connection, first);
        }
    }

    private static void count(Connection connection, int first) throws SQLException {
        for (int n = first; n < first + COMMITS; n++) {
            execute(connection, "INSERT INTO counted VALUES (" + n + ")");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int counted() throws SQLException {
        try (var connection = h2.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM counted")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static MVStore store(Connection connection) throws SQLException {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }

    private CommitNumbers.Numbers numbers() throws SQLException {
        try (var connection = h2.getConnection()) {
            return CommitNumbers.Numbers.of(store(connection).getLayoutMap());
        }
    }

    /** As if that many had been before. */
    private static void skipTo(int number, Connection connection) throws Exception {
        var file = store(connection).getFileStore();
        var last = FileStore.class.getDeclaredField("lastChunkId");
        last.setAccessible(true);
        var chunks = FileStore.class.getDeclaredField("chunks");
        chunks.setAccessible(true);
        @SuppressWarnings("unchecked")
        var known = (Map<Integer, Object>) chunks.get(file);
        known.put(number, known.get(last.getInt(file)));
        last.setInt(file, number);
    }

    @Test
    void aFileOutlivesTheLastNumber() throws Exception {
        try (var connection = h2.getConnection()) {
            skipTo(OLD_NUMBER, connection);
            execute(connection, "CREATE TABLE kept AS SELECT 1 AS one");
            skipTo(LAST_NUMBER - COMMITS / 2, connection);
            count(connection, 0);
        }
        assertThat(numbers().newest()).as("begun anew").isLessThan(OLD_NUMBER);
        assertThat(numbers().highest()).isGreaterThan(OLD_NUMBER);
        CommitNumbers.renew(h2, CommitNumbers.MANY);
        assertThat(numbers().highest()).isLessThan(OLD_NUMBER);
        count(COMMITS);
        assertThat(counted()).isEqualTo(2 * COMMITS);
        try (var connection = h2.getConnection()) {
            execute(connection, "DROP TABLE kept");
        }
    }

    @Test
    void afterManyCommitsAFileIsNumberedAnew() throws Exception {
        count(0);
        var before = numbers().highest();
        CommitNumbers.renew(h2, before - 1);
        assertThat(numbers().highest()).isLessThan(COMMITS);
        assertThat(counted()).isEqualTo(COMMITS);
    }

    @Test
    void untilThenItIsLeftAsItIs() throws Exception {
        count(0);
        var before = numbers().highest();
        CommitNumbers.renew(h2, CommitNumbers.MANY);
        assertThat(numbers().highest()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void ofADatabaseElsewhereNothingIsKnown() throws Exception {
        count(0);
        var server = org.h2.tools.Server.createTcpServer("-tcpPort", "0", "-baseDir", directory.toString())
                .start();
        try {
            var remote = new JdbcDataSource();
            remote.setURL("jdbc:h2:" + server.getURL() + "/./decnet");
            CommitNumbers.renew(remote, 0);
        } finally {
            server.stop();
        }
        assertThat(counted()).isEqualTo(COMMITS);
    }
}
