package io.decnet.webhook.security;

/** Nobody can be let in now: the accounts are in a database that does not answer. */
class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAway(Throwable cause) {
        super("the database does not answer", cause);
    }
}
