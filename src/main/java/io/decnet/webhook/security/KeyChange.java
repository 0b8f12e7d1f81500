package io.decnet.webhook.security;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Brings everything that is sealed under the key in force. It ends only when nothing is left under another key, and only then leaves the mark by
 * which a node with the new key alone may start; so a start that breaks off half-way is gone on with by the next one.
 */
@ApplicationScoped
class KeyChange {
    private static final System.Logger LOG = System.getLogger(KeyChange.class.getName());

    @Resource(lookup = "java:app/jdbc/decnet")
    private DataSource database;

    @Inject
    private SecretVault vault;

    @Inject
    @Any
    private Instance<SealedRows> sealedRows;

    @Inject
    private AuditLog audit;

    void complete() throws SQLException {
        int renewed = sealedRows.stream().mapToInt(KeyChange::renewAll).sum();
        try (var connection = database.getConnection()) {
            new KeyCheck(connection).renew(vault);
        }
        if (renewed > 0) {
            var key = SealingKey.idIn(vault.mark());
            audit.append(
                    Actor.SYSTEM,
                    Deed.created("key.change", key, "webhook secrets", Map.of("webhooks", Integer.toString(renewed))));
            LOG.log(Level.INFO, "security.key_changed key=" + key + " webhooks=" + renewed);
        }
    }

    private static int renewAll(SealedRows rows) {
        int renewed = 0;
        while (rows.anyOutdated()) {
            renewed += rows.renewSome();
        }
        return renewed;
    }
}
