package io.decnet.webhook.subscription;

import io.decnet.webhook.security.SealedRows;
import io.decnet.webhook.security.SecretVault;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of the subscriptions, when the key changes. Versions and change numbers stay as they are: what the secrets say is the same.
 *
 * <p>A chunk passes over rows that others have locked, so it never waits while it holds locks. Only when all that is left is locked, it waits for
 * one of these rows, holding none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SealedSecrets implements SealedRows {
    private static final int CHUNK = 500;

    /** The mark of its key begins what is sealed. */
    private static final String OUTDATED = " FROM subscription WHERE SUBSTRING(secret FROM 1 FOR %1$d) IN (%2$s)"
            + " OR SUBSTRING(previous_secret FROM 1 FOR %1$d) IN (%2$s)";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    SecretVault vault;

    private record Row(UUID id, byte[] secret, byte @Nullable [] previous) {
        static Row read(ResultSet rows) throws SQLException {
            return new Row(rows.getObject(1, UUID.class), rows.getBytes(2), rows.getBytes(3));
        }
    }

    @Override
    public boolean anyOutdated() {
        try (Connection connection = dataSource.getConnection()) {
            return !find(connection, " LIMIT 1").isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look for secrets under another key", e);
        }
    }

    @Override
    public int renewSome() {
        try (Connection connection = dataSource.getConnection()) {
            List<Row> chunk = find(connection, " ORDER BY id LIMIT " + CHUNK + " FOR UPDATE SKIP LOCKED");
            return renew(connection, chunk.isEmpty() ? find(connection, " ORDER BY id LIMIT 1 FOR UPDATE") : chunk);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot seal the secrets anew", e);
        }
    }

    private List<Row> find(Connection connection, String which) throws SQLException {
        List<byte[]> marks = vault.olderMarks();
        if (marks.isEmpty()) {
            return List.of();
        }
        String among = String.join(", ", Collections.nCopies(marks.size(), "?"));
        String sql = "SELECT id, secret, previous_secret" + OUTDATED.formatted(marks.get(0).length, among) + which;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < marks.size(); i++) {
                select.setBytes(i + 1, marks.get(i));
                select.setBytes(marks.size() + i + 1, marks.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                List<Row> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(Row.read(rows));
                }
                return found;
            }
        }
    }

    private int renew(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE subscription SET secret = ?, previous_secret = ? WHERE id = ?")) {
            for (Row row : rows) {
                // A secret that nobody can open stays for its operator to see; an old one like that signs nothing.
                update.setBytes(1, vault.knows(row.secret) ? vault.renewed(row.secret) : row.secret);
                update.setBytes(
                        2, row.previous == null || !vault.knows(row.previous) ? null : vault.renewed(row.previous));
                update.setObject(3, row.id);
                update.executeUpdate();
            }
            return rows.size();
        }
    }
}
