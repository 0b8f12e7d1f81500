package io.decnet.webhook.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Which database it is, for the few statements that have to differ. */
public enum Dialect {
    H2,
    POSTGRESQL;

    public static Dialect of(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") ? POSTGRESQL : H2;
    }
}
