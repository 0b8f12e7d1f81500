package io.decnet.webhook.security;

/** Rows of a room that hold what {@link SecretVault} has sealed. Each room that has such rows has one such bean, so that a new key reaches them all. */
public interface SealedRows {
    /** Whether there are rows that another key has sealed than the one in force. */
    boolean anyOutdated();

    /**
     * Seals a chunk of those rows anew, in a transaction of its own; several nodes may do so at once.
     *
     * @return how many rows
     * @throws WrongKey when none of the keys opens one of them: nothing of the chunk is changed
     */
    int renewSome();
}
