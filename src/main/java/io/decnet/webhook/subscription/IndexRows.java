package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Durations;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.security.SecretVault;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** Reads the index from the table by plain SQL: it runs in whatever transaction the caller has, or in none. */
@ApplicationScoped
class IndexRows {
    private static final String CHANGED =
            "SELECT s.id, s.name, s.url, s.secret, s.previous_secret, s.previous_secret_until, s.patterns,"
                    + " s.circuit_threshold, s.retry_schedule, s.concurrency, s.request_timeout, c.state, c.epoch"
                    + " FROM subscription s LEFT JOIN circuit c ON c.subscription_id = s.id WHERE s.change_seq > ?";

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    SecretVault vault;

    @Inject
    Settings settings;

    /** The database cannot be asked for subscriptions now. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    long sequence() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT seq FROM subscription_change WHERE id = 1");
                ResultSet rows = query.executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException("the table subscription_change is empty");
            }
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    /** Every subscription changed after that number; a deleted one without an entry. */
    void changedSince(long seq, BiConsumer<UUID, Optional<SubscriptionIndex.Entry>> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(CHANGED)) {
            query.setLong(1, seq);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    boolean alive = rows.getString("name") != null && rows.getString("state") != null;
                    reader.accept(
                            rows.getObject("id", UUID.class), alive ? Optional.of(entry(rows)) : Optional.empty());
                }
            }
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    private SubscriptionIndex.Entry entry(ResultSet rows) throws SQLException {
        PatternList patterns = PatternList.read(rows.getString("patterns"));
        OffsetDateTime oldUntil = rows.getObject("previous_secret_until", OffsetDateTime.class);
        String schedule = rows.getString("retry_schedule");
        String timeout = rows.getString("request_timeout");
        return new SubscriptionIndex.Entry(
                rows.getObject("id", UUID.class),
                rows.getString("name"),
                rows.getString("url"),
                CircuitState.valueOf(rows.getString("state").toUpperCase(Locale.ROOT)),
                rows.getLong("epoch"),
                number(rows, "circuit_threshold").orElse(settings.circuitThreshold()),
                schedule == null ? settings.retrySchedule() : Durations.parseSchedule(schedule),
                number(rows, "concurrency").orElse(settings.subscriptionConcurrency()),
                timeout == null ? settings.requestTimeout() : Durations.parse(timeout),
                secrets(rows),
                oldUntil == null ? Instant.MIN : oldUntil.toInstant(),
                patterns.patterns(),
                patterns.problem());
    }

    private List<String> secrets(ResultSet rows) throws SQLException {
        List<String> secrets = new ArrayList<>();
        secrets.add(vault.open(rows.getBytes("secret")));
        byte[] previous = rows.getBytes("previous_secret");
        if (previous != null) {
            secrets.add(vault.open(previous));
        }
        return secrets;
    }

    private static Optional<Integer> number(ResultSet rows, String column) throws SQLException {
        int value = rows.getInt(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
