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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

/** Inside the server: what outcomes do to a circuit when each comes in a transaction of its own, all at once. */
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

    @AfterEach
    void nothingIsStuck() {
        assertThat(deliveries.stuck()).isZero();
    }

    @Test
    void tenTransactionsAtOnceCountExactlyTen() throws Exception {
        var subscription = subscribe();
        var ended = recordAtOnce(subscription, 20);
        assertThat(ended).noneMatch(OutcomeRecorder.Recorded::circuitsChanged);
        assertThat(shown(subscription).consecutiveFailures()).isEqualTo(10);
        assertThat(epoch(subscription)).isZero();
    }

    @Test
    void ofTenTransactionsAtOnceExactlyOneTripsTheCircuitAtFiveAndAllAreRecorded() throws Exception {
        var subscription = subscribe();
        var ended = recordAtOnce(subscription, 5);
        assertThat(ended).filteredOn(OutcomeRecorder.Recorded::circuitsChanged).hasSize(1);
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
        assertThat(again.circuitsChanged()).isFalse();
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
}
