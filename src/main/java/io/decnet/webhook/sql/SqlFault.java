package io.decnet.webhook.sql;

import java.sql.SQLException;

/** The database could not do what it was asked; the cause says why. */
public final class SqlFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SqlFault(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
