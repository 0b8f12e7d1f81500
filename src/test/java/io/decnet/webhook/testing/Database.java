package io.decnet.webhook.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * A database server beside the program, so that a test can look into the tables behind the program's back, write to them, and hold their locks.
 *
 * @param settings what makes a program use it
 * @param waiting asks for the sessions that wait for a lock
 * @param ending ends a session, whose number is its parameter
 */
public record Database(
        String name, Map<String, String> settings, DataSource source, String waiting, String ending, Closeable server)
        implements Closeable {
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    /** The engine the program embeds, served over TCP. */
    public static Database h2(Path directory) {
        try {
            var server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                    .start();
            var url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./decnet";
            var source = new JdbcDataSource();
            source.setURL(
                    url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=60000");
            source.setUser("sa");
            source.setPassword("");
            return new Database(
                    "H2",
                    Map.of("DECNET_WEBHOOK_DATABASE_URL", url, "DECNET_WEBHOOK_SECRET_KEY", KEY),
                    source,
                    "SELECT session_id FROM information_schema.sessions WHERE blocker_id IS NOT NULL",
                    "SELECT abort_session(CAST(? AS integer))",
                    server::stop);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Database postgres(Path directory) {
        try {
            var server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            return new Database(
                    "PostgreSQL",
                    Map.of(
                            "DECNET_WEBHOOK_DATABASE_URL",
                            "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                            "DECNET_WEBHOOK_DATABASE_USER",
                            "postgres",
                            "DECNET_WEBHOOK_DATABASE_PASSWORD",
                            "postgres",
                            "DECNET_WEBHOOK_SECRET_KEY",
                            KEY),
                    server.getPostgresDatabase(),
                    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
                    "SELECT pg_terminate_backend(CAST(? AS integer))",
                    server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row. */
    public List<String> list(String sql, Object... values) {
        try (var connection = connect();
                var statement = statement(connection, sql, values);
                var rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public long count(String sql, Object... values) {
        return Long.parseLong(list(sql, values).get(0));
    }

    public int update(String sql, Object... values) {
        try (var connection = connect();
                var statement = statement(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public static PreparedStatement statement(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
