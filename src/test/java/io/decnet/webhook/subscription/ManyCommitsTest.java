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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 numbers its commits in the file, and begins anew after 67 million: a few weeks of events. H2 before 2.3.230 broke there, for good. */
class ManyCommitsTest {
    private static final int LAST_NUMBER = (1 << 26) - 1;
    private static final int COMMITS = 40;

    @TempDir
    Path directory;

    @Test
    void theFileOutlivesTheLastNumberOfACommit() throws Exception {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + directory.resolve("decnet") + ";WRITE_DELAY=0");
        try (var connection = h2.getConnection()) {
            execute(connection, "CREATE TABLE counted (n integer PRIMARY KEY)");
            skipTo(LAST_NUMBER - COMMITS / 2, connection);
            for (int n = 0; n < COMMITS; n++) {
                execute(connection, "INSERT INTO counted VALUES (" + n + ")");
            }
        }
        try (var connection = h2.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM counted")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(COMMITS);
            execute(connection, "INSERT INTO counted VALUES (-1)");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As if that many had been before. */
    private static void skipTo(int number, Connection connection) throws Exception {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        var last = FileStore.class.getDeclaredField("lastChunkId");
        last.setAccessible(true);
        var chunks = FileStore.class.getDeclaredField("chunks");
        chunks.setAccessible(true);
        @SuppressWarnings("unchecked")
        var known = (Map<Integer, Object>) chunks.get(store.getFileStore());
        known.put(number, known.get(last.getInt(store.getFileStore())));
        last.setInt(store.getFileStore(), number);
    }
}
