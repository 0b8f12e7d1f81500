package io.decnet.webhook.security;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Holds a database and its key together. The first start leaves a text sealed with the key; every later start must be able to open it, or the
 * secrets in this database would be lost on it one by one. It is sealed anew last of all when the key changes: from then on the new key alone is
 * enough.
 */
record KeyCheck(Connection connection) {
    private static final String TEXT = "decnet-webhook";

    /**
     * Makes sure that the vault's key, or its previous one, is the one of this database.
     *
     * @param keyGiven whether the key is a setting; if not, it is in the key file
     * @throws WrongKey when it is another one, or the key file is gone
     */
    void verify(SecretVault vault, boolean keyGiven) throws SQLException {
        var left = read();
        if (left.isPresent()
                && !keyGiven
                && !vault.file().exists()
                && !vault.previousFile().exists()) {
            throw new WrongKey("the key file " + vault.file().path()
                    + " is missing, but the database was encrypted with it: restore it");
        }
        if (left.isEmpty() && leave(vault.seal(TEXT))) {
            return;
        }
        try {
            vault.open(left.isPresent() ? left.get() : read().orElseThrow());
        } catch (WrongKey e) {
            var source = keyGiven
                    ? "decnet.webhook.secret-key"
                    : "the key file " + vault.file().path();
            throw new WrongKey(source + " is not the key this database was encrypted with", e);
        }
    }

    /** Leaves the text under the key in force, once everything else is. */
    void renew(SecretVault vault) throws SQLException {
        var left = read().orElseThrow();
        try (var update = connection.prepareStatement("UPDATE key_check SET sealed = ? WHERE id = 1 AND sealed = ?")) {
            update.setBytes(1, vault.renewed(left));
            update.setBytes(2, left);
            update.executeUpdate();
        }
    }

    private Optional<byte[]> read() throws SQLException {
        try (var select = connection.prepareStatement("SELECT sealed FROM key_check WHERE id = 1");
                var rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }

    // False when another node left its own in the meantime.
    private boolean leave(byte[] sealed) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO key_check (id, sealed) VALUES (1, ?)")) {
            insert.setBytes(1, sealed);
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (read().isPresent()) {
                return false;
            }
            throw e;
        }
    }
}
