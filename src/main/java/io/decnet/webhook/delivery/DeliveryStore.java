package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.sql.SqlFault;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The bulk SQL of events and deliveries, the same for H2 and PostgreSQL. Every method runs in the caller's
 * transaction; a fault is a {@link SqlFault} that carries the SQLException.
 */
@ApplicationScoped
public class DeliveryStore {
    private static final int ERROR_LENGTH = 512;

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @Inject
    NodeIdentity node;

    /** An event to be stored; {@code body} is what every attempt will send. */
    record NewEvent(UUID key, String id, Topic topic, Optional<String> traceparent, byte[] body) {}

    /** A delivery to be stored; claimed by this node when {@code claim} is there. */
    record NewDelivery(UUID id, UUID event, UUID subscription, Optional<Long> claim) {}

    /** Inserts the events there are none of yet, and says which those are. */
    Set<UUID> insertEvents(List<NewEvent> events, Instant now) {
        try (Connection connection = dataSource.getConnection()) {
            return EventRows.of(connection).insert(connection, events, now);
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    void insertDeliveries(List<NewDelivery> deliveries, Instant now) {
        String insert = "INSERT INTO delivery (id, event, subscription_id, stage, attempts, tries, created_at, since,"
                + " wake_at, claimed_by, claim) VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)";
        OffsetDateTime at = Sql.utc(now);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insertion = connection.prepareStatement(insert)) {
            for (NewDelivery delivery : deliveries) {
                boolean claimed = delivery.claim().isPresent();
                insertion.setObject(1, delivery.id());
                insertion.setObject(2, delivery.event());
                insertion.setObject(3, delivery.subscription());
                insertion.setInt(4, (claimed ? Stage.CLAIMED : Stage.NEW).code());
                insertion.setObject(5, at);
                insertion.setObject(6, at);
                insertion.setObject(7, at);
                insertion.setObject(8, claimed ? node.life() : null);
                insertion.setObject(9, delivery.claim().orElse(null), Types.BIGINT);
                insertion.addBatch();
            }
            insertion.executeBatch();
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    /** Writes the attempts and what became of their deliveries; returns the reports whose claim still held, in their order. */
    List<AttemptReport> finish(List<AttemptReport> reports) {
        String update = "UPDATE delivery SET stage = ?, attempts = ?, tries = ?, wake_at = ?,"
                + " since = coalesce(?, since), finished_at = ?, last_status = ?, last_error = ?,"
                + " last_at = ?, last_duration_ms = ?, last_address = ?, last_excerpt = ?,"
                // Only claimed rows have a claim. Their stage is no condition: it would tempt the planner to search by
                // it.
                + " claimed_by = NULL, claim = NULL WHERE id = ? AND claimed_by = ? AND claim = ?";
        // In the order of ids, as an operator's discard locks them: neither waits for the other in a circle.
        List<AttemptReport> ordered = reports.stream()
                .sorted(Comparator.comparing(report -> report.delivery().id()))
                .toList();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            for (AttemptReport report : ordered) {
                bindFinish(statement, report);
                statement.addBatch();
            }
            Set<Claim> held = changed(ordered, statement.executeBatch())
                    .map(report -> report.delivery().asClaim())
                    .collect(Collectors.toSet());
            return reports.stream()
                    .filter(report -> held.contains(report.delivery().asClaim()))
                    .toList();
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    private void bindFinish(PreparedStatement statement, AttemptReport report) throws SQLException {
        ClaimedDelivery delivery = report.delivery();
        Stage stage = Stage.FAILED;
        Instant wakeAt = report.finishedAt();
        String error = text(report.error());
        if (report.outcome() instanceof Outcome.Delivered) {
            stage = Stage.DELIVERED;
            error = null;
        } else if (report.outcome() instanceof Outcome.Retrying retrying) {
            stage = Stage.RETRY;
            wakeAt = retrying.at();
        }
        statement.setInt(1, stage.code());
        statement.setInt(2, delivery.attempts() + 1);
        statement.setInt(3, report.tries());
        statement.setObject(4, Sql.utc(wakeAt));
        Object finishedAt = stage.finished() ? Sql.utc(report.finishedAt()) : null;
        statement.setObject(5, finishedAt, Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(6, finishedAt, Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(7, Outcome.status(report.result()).orElse(null), Types.INTEGER);
        statement.setString(8, error);
        SendResult result = report.result();
        statement.setObject(9, Sql.utc(result.startedAt()));
        statement.setLong(10, result.took().toMillis());
        statement.setString(11, result.address().orElse(null));
        statement.setBytes(12, result instanceof SendResult.Answered answered ? answered.excerpt() : null);
        statement.setObject(13, delivery.id());
        statement.setObject(14, node.life());
        statement.setLong(15, delivery.claim());
    }

    /** One attempt of a delivery. */
    record AttemptKey(UUID delivery, int number) {}

    /**
     * Copies the last attempts of these deliveries from their rows, which {@link #finish} is about to write the next ones into; returns what was
     * copied. Those that then turn out to have lost their claim must be taken back ({@link #takeBack}): their rows may be gone.
     */
    Set<AttemptKey> keepLastAttempts(List<AttemptReport> reports) {
        String copy = "INSERT INTO attempt (delivery_id, number, at, duration_ms, status_code, error, address,"
                + " response_excerpt) SELECT id, attempts, last_at, last_duration_ms, last_status, last_error,"
                + " last_address, last_excerpt FROM delivery WHERE id = ? AND claimed_by = ? AND claim = ?"
                + " AND last_at IS NOT NULL ON CONFLICT DO NOTHING";
        List<ClaimedDelivery> attemptedBefore = reports.stream()
                .map(AttemptReport::delivery)
                .filter(delivery -> delivery.attempts() > 0)
                .toList();
        if (attemptedBefore.isEmpty()) {
            return Set.of();
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(copy)) {
            for (ClaimedDelivery delivery : attemptedBefore) {
                statement.setObject(1, delivery.id());
                statement.setObject(2, node.life());
                statement.setLong(3, delivery.claim());
                statement.addBatch();
            }
            return changed(attemptedBefore, statement.executeBatch())
                    .map(DeliveryStore::lastAttempt)
                    .collect(Collectors.toSet());
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    static AttemptKey lastAttempt(ClaimedDelivery delivery) {
        return new AttemptKey(delivery.id(), delivery.attempts());
    }

    void takeBack(Set<AttemptKey> copied) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM attempt WHERE delivery_id = ? AND number = ?")) {
            for (AttemptKey attempt : copied) {
                statement.setObject(1, attempt.delivery());
                statement.setInt(2, attempt.number());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    /** Those of a batch whose statement has changed a row. */
    static <T> Stream<T> changed(List<T> batch, int[] counts) {
        return IntStream.range(0, counts.length).filter(i -> counts[i] == 1).mapToObj(batch::get);
    }

    /** PostgreSQL refuses NUL in text; a column takes 512 characters. */
    static String text(String value) {
        String clean = value.replace('\u0000', '\uFFFD');
        return clean.length() <= ERROR_LENGTH ? clean : clean.substring(0, ERROR_LENGTH);
    }
}
