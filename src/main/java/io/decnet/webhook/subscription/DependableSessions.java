package io.decnet.webhook.subscription;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL whose commits last and whose statements see what was committed before them, whatever the server, its administrator or the URL make the default. A
 * message is acknowledged once its commit stands; a setting that waits for more, such as {@code remote_apply}, stays. And what is read under a lock, or
 * of the change sequence, must not be older than the lock, as it could be under {@code repeatable read}.
 */
final class DependableSessions extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;
    private static final String SETTLE = "SELECT set_config('default_transaction_isolation', 'read committed', false),"
            + " CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')"
            + " THEN set_config('synchronous_commit', 'on', false) END";

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTLE);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
