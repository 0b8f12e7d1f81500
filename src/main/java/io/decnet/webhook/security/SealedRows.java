package io.decnet.webhook.security;

/** Rows of a room that hold what {@link SecretVault} has sealed. Each room that has such rows has one such bean, so that a new key reaches them all. */
public interface SealedRows {
    /** Whether there are rows that an older key of this node has sealed. What a key has sealed that it does not have is left alone. */
    boolean anyOutdated();

    /**
     * Seals a chunk of those rows anew, in a transaction of its own; several nodes may do so at once.
     *
     * @return how many rows
     * @throws WrongKey when one of them was changed since it was sealed: nothing of the chunk is changed
     */
    int renewSome();
}
