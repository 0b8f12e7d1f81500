package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.security.SecretVault;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** Reads the index from the table by plain SQL: it runs in whatever transaction the caller has, or in none. */
@ApplicationScoped
class IndexRows {
    private static final Logger LOG = System.getLogger(IndexRows.class.getName());
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
        UUID id = rows.getObject("id", UUID.class);
        PatternList patterns = PatternList.read(rows.getString("patterns"));
        OffsetDateTime oldUntil = rows.getObject("previous_secret_until", OffsetDateTime.class);
        StoredSettings stored = new StoredSettings.Columns(
                        rows.getString("retry_schedule"),
                        rows.getString("request_timeout"),
                        rows.getBytes("secret"),
                        rows.getBytes("previous_secret"))
                .read(vault, settings);
        stored.problem()
                .ifPresent(problem -> LOG.log(Level.WARNING, "subscription.set-aside id=" + id + " " + problem));
        CircuitState state = CircuitState.valueOf(rows.getString("state").toUpperCase(Locale.ROOT));
        return new SubscriptionIndex.Entry(
                id,
                rows.getString("name"),
                rows.getString("url"),
                stored.problem().isEmpty() ? state : setAside(state),
                rows.getLong("epoch"),
                number(rows, "circuit_threshold").orElse(settings.circuitThreshold()),
                stored.retryDelays(),
                number(rows, "concurrency").orElse(settings.subscriptionConcurrency()),
                stored.requestTimeout(),
                stored.secrets(),
                oldUntil == null ? Instant.MIN : oldUntil.toInstant(),
                patterns.patterns(),
                patterns.problem().or(stored::problem));
    }

    /** Nothing starts for it, and what comes for it waits in the table. */
    private static CircuitState setAside(CircuitState state) {
        return state == CircuitState.ACTIVE ? CircuitState.PAUSED : state;
    }

    private static Optional<Integer> number(ResultSet rows, String column) throws SQLException {
        int value = rows.getInt(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
