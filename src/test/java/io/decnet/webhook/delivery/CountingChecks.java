package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.subscription.NewSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.SettingsChange;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inside the server: what outcomes do to a circuit when each comes in a transaction of its own, all at once, and to the log of attempts. */
abstract class CountingChecks {
    private static final int AT_ONCE = 10;

    @Inject
    Subscriptions subscriptions;

    @Inject
    OutcomeRecorder recorder;

    @Inject
    DeliveryStore store;

    @Inject
    Deliveries deliveries;

    @Inject
    ClaimLedger ledger;

    @Inject
    NodeIdentity node;

    @Inject
    PassingFaults faults;

    @Resource
    ManagedExecutorService threads;

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    private UUID subscribe() {
        var name = "counted " + UUID.randomUUID();
        return subscriptions
                .create(new NewSubscription(
                        name,
                        "http://127.0.0.1:9/",
                        Optional.empty(),
                        List.of(),
                        List.of("counted.>"),
                        true,
                        SettingsChange.NONE))
                .subscription()
                .uuid();
    }

    /** A failed attempt of a new delivery that this node has claimed. */
    private AttemptReport failed(UUID subscription, long epoch, int threshold) {
        var now = Instant.now();
        var topic = new Topic("counted.seen");
        var body = "{}".getBytes(StandardCharsets.UTF_8);
        var event = UUID.randomUUID();
        var delivery = UUID.randomUUID();
        long claim = ledger.take(1);
        store.insertEvents(
                List.of(new DeliveryStore.NewEvent(event, event.toString(), topic, Optional.empty(), body)), now);
        store.insertDeliveries(
                List.of(new DeliveryStore.NewDelivery(delivery, event, subscription, Optional.of(claim))), now);
        return new AttemptReport(
                new ClaimedDelivery(
                        delivery, claim, subscription, event.toString(), topic, body, Optional.empty(), 0, 0),
                epoch,
                threshold,
                new SendResult.Answered(500, Optional.empty(), body, now, Duration.ZERO, Optional.empty()),
                new Outcome.Failed("HTTP 500", false),
                now);
    }

    private List<OutcomeRecorder.Recorded> recordAtOnce(UUID subscription, int threshold) throws Exception {
        var barrier = new CyclicBarrier(AT_ONCE);
        List<Callable<OutcomeRecorder.Recorded>> transactions = IntStream.range(0, AT_ONCE)
                .mapToObj(n -> failed(subscription, 0, threshold))
                .<Callable<OutcomeRecorder.Recorded>>map(report -> () -> {
                    barrier.await();
                    return recorder.record(List.of(report));
                })
                .toList();
        List<Future<OutcomeRecorder.Recorded>> started = new ArrayList<>();
        transactions.forEach(transaction -> started.add(threads.submit(transaction)));
        List<OutcomeRecorder.Recorded> ended = new ArrayList<>();
        for (var transaction : started) {
            ended.add(transaction.get());
        }
        return ended;
    }

    private SubscriptionView shown(UUID subscription) {
        return subscriptions.find(subscription).orElseThrow();
    }

    private long epoch(UUID subscription) throws SQLException {
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement("SELECT epoch FROM circuit WHERE subscription_id = ?")) {
            query.setObject(1, subscription);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void execute(String change, Object... values) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            execute(connection, change, values);
        }
    }

    private static void execute(Connection connection, String change, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(change)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** The next attempt of a delivery that this node has claimed again. */
    private AttemptReport next(AttemptReport last, int status) throws SQLException {
        var before = last.delivery();
        long claim = ledger.take(1);
        execute(
                "UPDATE delivery SET stage = 2, claimed_by = ?, claim = ? WHERE id = ?",
                node.life(),
                claim,
                before.id());
        var result = new SendResult.Answered(
                status,
                Optional.empty(),
                ("answer " + status).getBytes(StandardCharsets.UTF_8),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Duration.ofMillis(status),
                Optional.of("192.0.2.1"));
        return new AttemptReport(
                new ClaimedDelivery(
                        before.id(),
                        claim,
                        before.subscription(),
                        before.eventId(),
                        before.topic(),
                        before.body(),
                        before.traceparent(),
                        before.attempts() + 1,
                        before.tries() + 1),
                last.epoch(),
                last.threshold(),
                result,
                status < 300 ? new Outcome.Delivered() : new Outcome.Failed("HTTP " + status, false),
                Instant.now());
    }

    private void copyLast(AttemptReport of) throws SQLException {
        execute(
                "INSERT INTO attempt (delivery_id, number, at, duration_ms, status_code)"
                        + " SELECT id, attempts, last_at, last_duration_ms, last_status FROM delivery WHERE id = ?",
                of.delivery().id());
    }

    private List<AttemptView> history(AttemptReport of) {
        return deliveries.find(of.delivery().id()).orElseThrow().attempts();
    }

    private long copies(AttemptReport of) throws SQLException {
        try (var connection = dataSource.getConnection();
                var query = connection.prepareStatement("SELECT count(*) FROM attempt WHERE delivery_id = ?")) {
            query.setObject(1, of.delivery().id());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @AfterEach
    void nothingIsStuck() {
        assertThat(deliveries.stuck()).isZero();
    }

    @Test
    void tenTransactionsAtOnceCountExactlyTen() throws Exception {
        var subscription = subscribe();
        var ended = recordAtOnce(subscription, 20);
        assertThat(ended).noneMatch(OutcomeRecorder.Recorded::circuitsOpen);
        assertThat(shown(subscription).consecutiveFailures()).isEqualTo(10);
        assertThat(epoch(subscription)).isZero();
    }

    @Test
    void ofTenTransactionsAtOnceExactlyOneTripsTheCircuitAtFiveAndAllAreRecorded() throws Exception {
        var subscription = subscribe();
        var ended = recordAtOnce(subscription, 5);
        assertThat(ended)
                .as("the fifth, and those that come after it")
                .filteredOn(OutcomeRecorder.Recorded::circuitsOpen)
                .hasSize(6);
        assertThat(ended).allMatch(recorded -> recorded.recorded().size() == 1);
        assertThat(shown(subscription).consecutiveFailures()).isEqualTo(5);
        assertThat(shown(subscription).autoDisabledAt()).isPresent();
        assertThat(epoch(subscription)).isEqualTo(1);
    }

    @Test
    void trippingATrippedOneOnlyMovesTheStamp() throws Exception {
        var subscription = subscribe();
        recorder.record(List.of(failed(subscription, 0, 1)));
        var tripped = shown(subscription);
        var again = recorder.record(List.of(failed(subscription, 1, 1)));
        assertThat(again.circuitsOpen()).isTrue();
        var moved = shown(subscription);
        assertThat(moved.consecutiveFailures()).isEqualTo(1);
        assertThat(moved.autoDisabledAt().orElseThrow())
                .isAfter(tripped.autoDisabledAt().orElseThrow());
        assertThat(epoch(subscription)).isEqualTo(1);
    }

    @Test
    void theContainerRepeatsATransactionThatMetAPassingFault() {
        var calls = new AtomicInteger();
        var answer = faults.answer(() -> {
            if (calls.incrementAndGet() < 4) {
                throw new IllegalStateException(new SQLException("could not serialize access", "40001"));
            }
            return "done";
        });
        assertThat(answer).isEqualTo("done");
        assertThat(calls).hasValue(4);
    }

    @Test
    void everyAttemptIsKeptInItsOrder() throws Exception {
        var first = failed(subscribe(), 0, 5);
        recorder.record(List.of(first));
        assertThat(copies(first)).as("the only one is in the row").isZero();
        var second = next(first, 503);
        recorder.record(List.of(second));
        var third = next(second, 200);
        recorder.record(List.of(third));
        var attempts = history(first);
        assertThat(attempts).extracting(AttemptView::number).containsExactly(1, 2, 3);
        assertThat(attempts)
                .extracting(AttemptView::statusCode)
                .containsExactly(Optional.of(500), Optional.of(503), Optional.of(200));
        assertThat(attempts)
                .extracting(AttemptView::error)
                .containsExactly(Optional.of("HTTP 500"), Optional.of("HTTP 503"), Optional.empty());
        for (var report : List.of(second, third)) {
            var shown = attempts.get(report.delivery().attempts());
            assertThat(shown.at()).isEqualTo(report.result().startedAt());
            assertThat(shown.took()).isEqualTo(report.result().took());
            assertThat(shown.address()).contains("192.0.2.1");
            assertThat(shown.responseExcerpt().orElseThrow())
                    .isEqualTo(((SendResult.Answered) report.result()).excerpt());
        }
    }

    @Test
    void attemptsFromBeforeTheLastOneWasInTheRowStayWhereTheyAre() throws Exception {
        var first = failed(subscribe(), 0, 5);
        recorder.record(List.of(first));
        copyLast(first);
        execute(
                "UPDATE delivery SET last_at = NULL WHERE id = ?",
                first.delivery().id());
        assertThat(history(first)).extracting(AttemptView::number).containsExactly(1);
        recorder.record(List.of(next(first, 200)));
        assertThat(history(first)).extracting(AttemptView::number).containsExactly(1, 2);
    }

    @Test
    void aCopyThatIsThereAlreadyIsNeitherShownTwiceNorInTheWay() throws Exception {
        var first = failed(subscribe(), 0, 5);
        recorder.record(List.of(first));
        copyLast(first);
        assertThat(history(first)).extracting(AttemptView::number).containsExactly(1);
        recorder.record(List.of(next(first, 200)));
        assertThat(history(first)).extracting(AttemptView::number).containsExactly(1, 2);
    }

    @Test
    void nothingIsLeftOfADeliveryThatWasRemovedWhileItsOutcomeWasOnTheWay() throws Exception {
        var first = failed(subscribe(), 0, 5);
        recorder.record(List.of(first));
        var second = next(first, 503);
        Future<OutcomeRecorder.Recorded> recording;
        try (var purge = dataSource.getConnection()) {
            purge.setAutoCommit(false);
            execute(
                    purge,
                    "DELETE FROM attempt WHERE delivery_id = ?",
                    first.delivery().id());
            execute(purge, "DELETE FROM delivery WHERE id = ?", first.delivery().id());
            recording = threads.submit(() -> recorder.record(List.of(second)));
            Thread.sleep(500); // it waits for the row by then; if it does not, it finds none, and nothing is proved
            purge.commit();
        }
        assertThat(recording.get().recorded()).isEmpty();
        assertThat(copies(first)).isZero();
    }
}
