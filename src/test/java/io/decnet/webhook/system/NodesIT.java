package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL and one broker: they share the work, and what one of them had the other takes over. */
@Timeout(600)
class NodesIT {
    private static final int EVENTS = 60;
    private static final int CONCURRENCY = 8;

    @TempDir
    static Path directory;

    private static Database database;
    private static Installation first;
    private static Map<String, String> joining;
    private static Program second;

    private final String topic = Installation.freshTopic();

    @BeforeAll
    static void startFirst() throws IOException {
        database = Database.postgres(Files.createDirectories(directory.resolve("database")));
        first = Installation.start(directory, database);
        joining = new HashMap<>(database.settings());
        joining.put("DECNET_WEBHOOK_BUS_URL", first.program().busUrl());
        joining.put("DECNET_WEBHOOK_BUS_USER", "bus");
        joining.put("DECNET_WEBHOOK_RETRY_SCHEDULE", "100ms,100ms");
        second = Program.ready(fresh(), joining);
    }

    /** One of the tests ends it. */
    @BeforeEach
    void startSecond() {
        if (!second.isAlive()) {
            second = Program.ready(fresh(), joining);
        }
        await().atMost(Program.PATIENCE).until(() -> alive(first.program()) == 2);
    }

    @AfterEach
    void requireNothingStuck() {
        first.requireNothingStuck();
    }

    @AfterAll
    static void stopBoth() throws IOException {
        second.close();
        first.close();
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory(directory, "second");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long alive(Program program) {
        return program.object("GET", "/status", "").getJsonArray("nodes").getValuesAs(JsonObject.class).stream()
                .filter(node -> node.getString("state").equals("alive"))
                .count();
    }

    private void publish(int from, int to) {
        first.program().onBus(bus -> {
            for (int n = from; n < to; n++) {
                bus.createProducer().send(bus.createTopic("decnet." + topic + ".seen"), "{\"n\":" + n + "}");
            }
        });
    }

    private static Set<Integer> numbers(ScriptedReceiver receiver) {
        return receiver.texts().stream()
                .map(text -> text.replaceAll(".*\"n\":([0-9]+).*", "$1"))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    private static Set<Integer> upTo(int number) {
        return IntStream.range(0, number).boxed().collect(Collectors.toCollection(HashSet::new));
    }

    private long claimants(String webhook) {
        return database.count(
                "SELECT count(DISTINCT claimed_by) FROM delivery WHERE subscription_id = ? AND stage = 2",
                Installation.id(webhook));
    }

    /** Holds every request until the gate opens. */
    private static Script behind(CountDownLatch gate, Script then) {
        return (out, socket, closed) -> {
            gate.await();
            return then.answer(out, socket, closed);
        };
    }

    private static void signal(Program program, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(program.pid()))
                        .start()
                        .waitFor(1, TimeUnit.MINUTES))
                .isTrue();
    }

    @Test
    void whatAKilledNodeHadInHandIsDeliveredByTheOther() {
        var gate = new CountDownLatch(1);
        try (var receiver = ScriptedReceiver.start(behind(gate, ScriptedReceiver.ok()))) {
            var webhook = first.subscribe(topic, receiver, "\"request_timeout\":\"60s\"");
            publish(0, EVENTS);
            await().atMost(Program.PATIENCE).until(() -> claimants(webhook) == 2);

            second.kill();
            gate.countDown();
            await().atMost(Program.PATIENCE).until(() -> numbers(receiver).equals(upTo(EVENTS)));
            await().atMost(Program.PATIENCE).until(() -> first.deliveries(webhook, "stage = 10") == EVENTS);
            assertThat(alive(first.program())).isEqualTo(1);
        }
    }

    @Test
    void aNodeThatWasFrozenStartsNothingOfItsOldLifeAndJoinsAgain() throws Exception {
        var gate = new CountDownLatch(1);
        try (var receiver = ScriptedReceiver.start(behind(gate, ScriptedReceiver.ok()))) {
            var webhook = first.subscribe(topic, receiver, "\"request_timeout\":\"60s\"");
            publish(0, EVENTS);
            // Only what has been sent before it freezes: between its last look and the first byte nothing can stop it.
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 2 * CONCURRENCY);

            signal(second, "STOP");
            gate.countDown();
            await().atMost(Program.PATIENCE).until(() -> first.deliveries(webhook, "stage = 10") == EVENTS);
            int sent = receiver.requests().size();
            signal(second, "CONT");
            await().atMost(Program.PATIENCE).until(() -> alive(first.program()) == 2);
            assertThat(second.log()).contains("node.taken-for-dead");

            publish(EVENTS, 2 * EVENTS);
            await().atMost(Program.PATIENCE).until(() -> first.deliveries(webhook, "stage = 10") == 2 * EVENTS);
            assertThat(numbers(receiver)).isEqualTo(upTo(2 * EVENTS));
            assertThat(receiver.requests().size() - sent)
                    .as("attempts after the takeover: none of them the frozen node's old ones")
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void aPauseOnOneNodeIsInForceOnBothWithinASecond() {
        var lastAt = new AtomicLong();
        Script slow = (out, socket, closed) -> {
            lastAt.accumulateAndGet(System.nanoTime(), Math::max);
            closed.await(20, TimeUnit.MILLISECONDS);
            return ScriptedReceiver.ok().answer(out, socket, closed);
        };
        try (var receiver = ScriptedReceiver.start(slow)) {
            var webhook = first.subscribe(topic, receiver, "\"concurrency\":1");
            publish(0, 2000);
            await().atMost(Program.PATIENCE).until(() -> claimants(webhook) == 2);

            second.object("PATCH", webhook, "{\"enabled\":false}");
            long paused = System.nanoTime();
            await().atMost(Program.PATIENCE).until(() -> first.deliveries(webhook, "stage = 2") == 0);
            assertThat(Duration.ofNanos(lastAt.get() - paused)).isLessThan(Duration.ofSeconds(1));

            second.object("PATCH", webhook, "{\"enabled\":true}");
            await().atMost(Program.PATIENCE).until(() -> first.deliveries(webhook, "stage = 10") == 2000);
            assertThat(receiver.requests()).hasSize(2000);
        }
    }

    @Test
    void bothFailingTripTheCircuitOnceAtTheRightCount() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(500, ""));
                var alarms = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            first.program().subscribe("alarms-" + topic, alarms.url("/"), "\"system.webhook.tripped\"", "");
            var webhook = first.subscribe(topic, receiver, "\"retry_schedule\":\"\",\"circuit_threshold\":20");
            publish(0, 200);
            await().atMost(Program.PATIENCE)
                    .until(() -> second.webhook(webhook).getString("state").equals("tripped"));
            await().atMost(Program.PATIENCE).until(() -> first.deliveries(webhook, "stage = 2") == 0);
            assertThat(second.webhook(webhook).getInt("consecutive_failures")).isEqualTo(20);
            await().atMost(Program.PATIENCE).until(() -> !alarms.requests().isEmpty());
            assertThat(database.list(
                            "SELECT topic FROM event WHERE topic = 'system.webhook.tripped' AND id IN (SELECT event"
                                    + " FROM delivery d JOIN subscription s ON s.id = d.subscription_id WHERE s.name = ?)",
                            "alarms-" + topic))
                    .isEqualTo(List.of("system.webhook.tripped"));
        }
    }
}
