package io.decnet.webhook.subscription;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL whose commits last. A message is acknowledged once its commit stands, also where the server, or an option
 * in the URL, would promise before it writes. A setting that waits for more, such as {@code remote_apply}, stays.
 */
final class LastingCommits extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;
    private static final String RAISE = "SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') IN ('off', 'local')";

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute(RAISE);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
