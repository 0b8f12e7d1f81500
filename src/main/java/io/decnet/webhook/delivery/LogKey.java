package io.decnet.webhook.delivery;

import io.decnet.webhook.sql.Dialect;

/** The column by which the index of the log finds a subscription's deliveries, before their ids. On H2 it has only those that have ended. */
final class LogKey {
    private LogKey() {}

    static String of(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL ? "subscription_id" : "logged_for";
    }
}
