package io.decnet.webhook.subscription;

import io.decnet.webhook.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database of the settings: the embedded H2 file, or what {@code database-url} names. A data source definition
 * has one class, and the class differs by database; so this one passes on to the right one.
 */
public class DecnetDataSource implements DataSource {
    /** H2 delays commits by half a second unless told not to; LOBs up to this size stay in their row. */
    private static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;MAX_LENGTH_INPLACE_LOB=16384;DB_CLOSE_ON_EXIT=FALSE";

    /** A node that freezes in a transaction must not hold its locks for longer than others wait to take it for dead. */
    private static final String NO_FROZEN_LOCKS = "-c idle_in_transaction_session_timeout=15000";

    private Optional<DataSource> delegate = Optional.empty();

    private synchronized DataSource delegate() throws SQLException {
        if (delegate.isEmpty()) {
            // The server asks for connections before the application, and with it CDI, is up.
            Settings settings = Settings.fromProcess();
            DataSource source = of(settings);
            if (!settings.onPostgres()) {
                CommitNumbers.renew(source, CommitNumbers.MANY);
            }
            delegate = Optional.of(source);
        }
        return delegate.orElseThrow();
    }

    static DataSource of(Settings settings) {
        String url = settings.databaseUrl().orElseGet(() -> h2File(settings.dataDir()));
        return settings.onPostgres() ? postgres(url, settings) : h2(url, settings);
    }

    private static String h2File(Path dataDir) {
        return "jdbc:h2:file:"
                + dataDir.toAbsolutePath().normalize().resolve("db").resolve("decnet");
    }

    private static DataSource h2(String url, Settings settings) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url + H2_OPTIONS);
        h2.setUser(settings.databaseUser().orElse("sa"));
        h2.setPassword(settings.databasePassword().orElse(""));
        return h2;
    }

    private static DataSource postgres(String url, Settings settings) {
        PGSimpleDataSource postgres = new DependableSessions();
        postgres.setURL(url);
        settings.databaseUser().ifPresent(postgres::setUser);
        settings.databasePassword().ifPresent(postgres::setPassword);
        postgres.setReWriteBatchedInserts(true);
        postgres.setStringType("unspecified"); // EclipseLink binds UUIDs as strings
        postgres.setTcpKeepAlive(true);
        postgres.setConnectTimeout(5);
        postgres.setSocketTimeout(60);
        postgres.setApplicationName("decnet-webhook");
        // The last one counts: those of the URL may replace ours.
        postgres.setOptions(Stream.of(NO_FROZEN_LOCKS, postgres.getOptions())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" ")));
        return postgres;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return delegate().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the server logs");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return delegate().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return delegate().isWrapperFor(type);
    }
}
