package io.decnet.webhook.system;

import static io.decnet.webhook.testing.Threads.inside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many messages, one commit: how many are in hand, and what one of them costs the others. */
@OnBothDatabases
class GroupCommitIT {
    /** As many as the bus has sessions, the bean pool beans and the client threads. */
    private static final int IN_HAND = 64;

    private static final String LISTENING = "io.decnet.webhook.bus.BusListener.onMessage(";
    private static final String DUPLICATE = "decnet_events_total{result=\"duplicate\"}";
    private static final String REJECTED = "decnet_events_total{result=\"rejected\"}";

    private final Program program;
    private final Installation installation;
    private final Database database;
    private final String topic = Installation.freshTopic();

    GroupCommitIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
        this.database = installation.database();
    }

    private void publish(int count, IntFunction<String> id) {
        program.onBus(bus -> {
            var producer = bus.createProducer();
            var destination = bus.createTopic("decnet." + topic + ".seen");
            IntStream.range(0, count)
                    .mapToObj(n -> "{\"id\":\"" + id.apply(n) + "\",\"payload\":" + n + "}")
                    .forEach(body -> producer.send(destination, body));
        });
    }

    /** Inserts events of these ids and does not commit: whoever inserts one of them waits for this connection. */
    private Connection holding(int count, IntFunction<String> id) throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        for (int n = 0; n < count; n++) {
            try (var insert = Database.statement(
                    connection,
                    "INSERT INTO event (id, topic, event_id, received_at, body) VALUES (?, ?, ?, CURRENT_TIMESTAMP, ?)",
                    UUID.randomUUID(),
                    topic + ".seen",
                    id.apply(n),
                    new byte[0])) {
                insert.executeUpdate();
            }
        }
        return connection;
    }

    private void awaitInHand(int messages) {
        await().atMost(Program.PATIENCE).until(() -> inside(program.pid(), LISTENING) == messages);
    }

    private long events() {
        return database.count("SELECT count(*) FROM event WHERE topic = ?", topic + ".seen");
    }

    @Test
    void sixtyFourMessagesAreInHandAtOnceAndShareCommits() throws SQLException {
        int sent = 200;
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            installation.subscribe(topic, receiver, "\"concurrency\":64");
            try (var held = holding(sent, n -> topic + "-" + n)) {
                publish(sent, n -> topic + "-" + n);
                awaitInHand(IN_HAND);
                assertThat(events()).isZero();
                held.rollback();
            }
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() >= sent);
            assertThat(new HashSet<>(receiver.texts())).hasSize(sent);
            var largest = "SELECT count(*) FROM event WHERE topic = ? GROUP BY received_at ORDER BY 1 DESC";
            // The 64 in hand were at most two groups: the one that waited, and the rest.
            assertThat(database.count(largest, topic + ".seen")).isBetween(IN_HAND / 2L, (long) IN_HAND);
        }
    }

    @Test
    void ofAHundredTheOneTheDatabaseRefusesIsRejectedAloneAndNinetyNineAreDelivered() throws SQLException {
        var before = program.metric(REJECTED);
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "\"concurrency\":64");
            database.update("ALTER TABLE event ADD CONSTRAINT refused CHECK (event_id <> '" + topic + "-77')");
            try {
                try (var held = holding(1, n -> topic + "-first")) {
                    publish(1, n -> topic + "-first");
                    publish(100, n -> topic + "-" + n);
                    awaitInHand(IN_HAND);
                    held.rollback();
                }
                await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "stage = 10") == 100);
                await().atMost(Program.PATIENCE).until(() -> program.metric(REJECTED) == before + 1);
            } finally {
                database.update("ALTER TABLE event DROP CONSTRAINT refused");
            }
            assertThat(new HashSet<>(receiver.texts())).hasSize(100).noneMatch(text -> text.contains(topic + "-77\""));
            assertThat(database.list("SELECT reason FROM rejected_event WHERE message_id = ?", topic + "-77"))
                    .singleElement()
                    .asString()
                    .startsWith("the database refuses this event: ")
                    .containsIgnoringCase("refused");
        }
    }

    @Test
    void aTopicAndIdSeenAgainCreatesNothing() throws SQLException {
        var before = program.metric(DUPLICATE);
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            try (var held = holding(1, n -> topic)) {
                publish(30, n -> topic); // all in hand together
                awaitInHand(30);
                held.rollback();
            }
            await().atMost(Program.PATIENCE).until(() -> program.metric(DUPLICATE) == before + 29);
            publish(1, n -> topic); // and one that comes later
            await().atMost(Program.PATIENCE).until(() -> program.metric(DUPLICATE) == before + 30);
            await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "stage = 10") == 1);
            assertThat(events()).isEqualTo(1);
            assertThat(installation.deliveries(webhook, "1 = 1")).isEqualTo(1);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void deletingOneOfTwoMatchingSubscriptionsUnderLoadLosesAndRejectsNothing() {
        int sent = 600;
        var before = program.metric(REJECTED);
        try (var staying = ScriptedReceiver.start(ScriptedReceiver.ok());
                var leaving = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var stays = installation.subscribe(topic, staying, "\"concurrency\":64");
            List<String> leaves = IntStream.range(0, 5)
                    .mapToObj(n ->
                            program.subscribe("leaving-" + n + topic, leaving.url("/" + n), "\"" + topic + ".>\"", ""))
                    .toList();
            var publisher = new Thread(() -> publish(sent, n -> topic + "-" + n));
            publisher.start();
            for (var webhook : leaves) {
                var seen = staying.requests().size();
                await().atMost(Program.PATIENCE).until(() -> staying.requests().size() > seen || !publisher.isAlive());
                assertThat(program.call("DELETE", webhook, "").statusCode()).isEqualTo(200);
            }
            await().atMost(Program.PATIENCE).until(() -> installation.deliveries(stays, "stage = 10") == sent);
            assertThat(new HashSet<>(staying.texts())).hasSize(sent);
            assertThat(leaving.requests()).isNotEmpty();
            assertThat(program.metric(REJECTED)).isEqualTo(before);
            for (var webhook : leaves) {
                await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "1 = 1") == 0);
            }
        }
    }
}
