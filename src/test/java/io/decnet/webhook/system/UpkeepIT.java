package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is replayed, discarded and removed, and that what goes wrong with one delivery costs the others nothing. */
@OnBothDatabases
class UpkeepIT {
    private static final String NO_RETRIES = "\"retry_schedule\":\"\",\"circuit_threshold\":1000";

    private final Installation installation;
    private final Program program;
    private final Database database;
    private final String topic = Installation.freshTopic();

    UpkeepIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
        this.database = installation.database();
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(n -> program.publish(topic + ".seen", event(n)));
    }

    private String event(int number) {
        return "{\"id\":\"" + topic + "-" + number + "\",\"payload\":{\"n\":" + number + "}}";
    }

    private void awaitStage(String webhook, int stage, int deliveries) {
        await().atMost(Program.PATIENCE)
                .until(() -> installation.deliveries(webhook, "stage = " + stage) == deliveries);
    }

    private static OffsetDateTime ago(Duration time) {
        return Instant.now().minus(time).atOffset(ZoneOffset.UTC);
    }

    private int age(String webhook, Duration age, String which) {
        return database.update(
                "UPDATE delivery SET created_at = ?, since = ?, wake_at = CASE WHEN stage = 0 THEN ? ELSE wake_at END"
                        + " WHERE subscription_id = ? AND " + which,
                ago(age),
                ago(age),
                ago(age),
                Installation.id(webhook));
    }

    @Test
    void aReplayOfAWebhookSendsWhatFailedInItsOrderUnderTheSameIds() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(400, ""))) {
            var webhook = installation.subscribe(topic, receiver, NO_RETRIES + ",\"concurrency\":1");
            publish(0, 5);
            awaitStage(webhook, 11, 5);
            var ids = receiver.requests().stream()
                    .map(request -> request.header("webhook-id").orElseThrow())
                    .toList();
            receiver.script(ScriptedReceiver.ok());

            var answer = program.call("POST", webhook + "/replay", "{\"states\":[\"failed\"]}");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("{\"replayed\":5}");
            awaitStage(webhook, 10, 5);
            assertThat(receiver.requests().stream()
                            .skip(5)
                            .map(request -> request.header("webhook-id").orElseThrow())
                            .toList())
                    .isEqualTo(ids);
            assertThat(installation.deliveries(webhook, "attempts = 2 AND tries = 1"))
                    .isEqualTo(5);
        }
    }

    @Test
    void aReplayGoesByTheTimeOfCreation() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(400, ""))) {
            var webhook = installation.subscribe(topic, receiver, NO_RETRIES);
            // One after the other: what is committed together is created at the same time.
            for (int n = 0; n < 3; n++) {
                publish(n, n + 1);
                awaitStage(webhook, 11, n + 1);
            }
            var shown = program.webhook(webhook + "/deliveries").getJsonArray("items");
            var middle = shown.getJsonObject(1).getString("created_at");
            var newest = shown.getJsonObject(0).getString("created_at");
            receiver.script(ScriptedReceiver.ok());
            var wish = "{\"since\":\"" + middle + "\",\"until\":\"" + newest + "\"}";
            assertThat(program.object("POST", webhook + "/replay", wish).getInt("replayed"))
                    .isEqualTo(1);
            awaitStage(webhook, 10, 1);
            assertThat(program.webhook(webhook + "/deliveries?since=" + middle).getJsonArray("items"))
                    .hasSize(2);
            assertThat(program.webhook(webhook + "/deliveries?until=" + middle).getJsonArray("items"))
                    .hasSize(1);
        }
    }

    @Test
    void aReplayThatCannotBeIsRefusedWithItsReason() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            for (var bad : new String[] {
                "{\"since\":\"yesterday\"}",
                "{\"states\":[\"pending\"]}",
                "{\"states\":[]}",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}",
                "{\"from\":1}"
            }) {
                assertThat(program.call("POST", webhook + "/replay", bad).statusCode())
                        .as(bad)
                        .isEqualTo(422);
            }
            assertThat(program.call("GET", webhook + "/deliveries?since=yesterday", "")
                            .statusCode())
                    .isEqualTo(422);
            program.object("PATCH", webhook, "{\"enabled\":false}");
            assertThat(program.call("POST", webhook + "/replay", "{}").statusCode())
                    .isEqualTo(409);
            assertThat(program.call("POST", "/webhooks/" + UUID.randomUUID() + "/replay", "{}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatIsOlderThanItsRetentionGoesAndItsIdMayComeAgain() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            publish(0, 3);
            awaitStage(webhook, 10, 3);
            publish(0, 3);
            publish(3, 4);
            awaitStage(webhook, 10, 4);
            assertThat(receiver.requests()).as("repeated ids are known").hasSize(4);

            database.update(
                    "UPDATE event SET received_at = ? WHERE topic = ?", ago(Duration.ofDays(8)), topic + ".seen");
            age(
                    webhook,
                    Duration.ofDays(8),
                    "id IN (SELECT d.id FROM delivery d JOIN event e ON e.id = d.event" + " WHERE e.event_id <> '"
                            + topic + "-3')");
            awaitStage(webhook, 10, 1);
            await().atMost(Program.PATIENCE)
                    .until(() -> database.count("SELECT count(*) FROM event WHERE topic = ?", topic + ".seen") == 1);
            publish(0, 1);
            awaitStage(webhook, 10, 2);
        }
    }

    @Test
    void theRowOfADeletedWebhookGoesAnHourAfterItsDeliveries() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            publish(0, 3);
            awaitStage(webhook, 10, 3);
            program.object("DELETE", webhook, "");
            await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "stage >= 0") == 0);
            matchedBefore(webhook);
            await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "stage >= 0") == 0);
            assertThat(rowsOf(webhook)).isEqualTo(1);

            deleted(webhook, ago(Duration.ofMinutes(61)));
            await().atMost(Program.PATIENCE).until(() -> rowsOf(webhook) == 0);
        }
    }

    /** What a batch brings that was matched before the delete and is committed after it. */
    private void matchedBefore(String webhook) {
        database.update(
                "INSERT INTO delivery (id, event, subscription_id, stage, attempts, tries, created_at, since, wake_at)"
                        + " VALUES (?, ?, ?, 0, 0, 0, ?, ?, ?)",
                UUID.randomUUID(),
                UUID.randomUUID(),
                Installation.id(webhook),
                ago(Duration.ZERO),
                ago(Duration.ZERO),
                ago(Duration.ZERO));
    }

    private void deleted(String webhook, OffsetDateTime at) {
        database.update("UPDATE subscription SET deleted_at = ? WHERE id = ?", at, Installation.id(webhook));
    }

    private long rowsOf(String webhook) {
        return database.count("SELECT count(*) FROM subscription WHERE id = ?", Installation.id(webhook));
    }

    @Test
    void theAuditLogKeepsAYearButFailedLoginsAMonth() {
        told("webhook.update", "a year ago", Duration.ofDays(366));
        told("webhook.update", "a month ago", Duration.ofDays(31));
        told("login.failed", "a month ago", Duration.ofDays(31));
        told("login.failed", "lately", Duration.ofDays(29));
        await().atMost(Program.PATIENCE)
                .untilAsserted(() -> assertThat(database.list(
                                "SELECT what || ' ' || name FROM audit_entry WHERE subject = ? ORDER BY at", topic))
                        .containsExactly("webhook.update a month ago", "login.failed lately"));
    }

    private void told(String what, String name, Duration age) {
        database.update(
                "INSERT INTO audit_entry (id, at, who, address, what, subject, name, before_change, after_change)"
                        + " VALUES (?, ?, 'somebody', '-', ?, ?, ?, '{}', '{}')",
                UUID.randomUUID(),
                ago(age),
                what,
                topic,
                name);
    }

    @Test
    void heldForLongerThanADayIsDiscardedAndNothingElse() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            program.object("PATCH", webhook, "{\"enabled\":false}");
            publish(0, 3);
            awaitStage(webhook, 0, 3);
            age(
                    webhook,
                    Duration.ofHours(25),
                    "id <> (SELECT id FROM delivery WHERE subscription_id = '" + Installation.id(webhook)
                            + "' ORDER BY id DESC LIMIT 1)");
            assertThat(program.webhook(webhook).getInt("held"))
                    .as("age counts from the circuit's opening")
                    .isEqualTo(3);

            database.update(
                    "UPDATE circuit SET changed_at = ? WHERE subscription_id = ?",
                    ago(Duration.ofHours(25)),
                    Installation.id(webhook));
            awaitStage(webhook, 12, 2);
            assertThat(program.webhook(webhook).getInt("held")).isEqualTo(1);
        }
    }

    @Test
    void pendingForLongerThanAWeekIsDiscardedUnlessItWasReplayed() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(503, ""))) {
            var webhook = installation.subscribe(topic, receiver, "\"retry_schedule\":\"7d\"");
            publish(0, 1);
            awaitStage(webhook, 1, 1);
            age(webhook, Duration.ofDays(8), "stage = 1");
            awaitStage(webhook, 12, 1);

            var id = database.list("SELECT id FROM delivery WHERE subscription_id = ?", Installation.id(webhook))
                    .get(0);
            program.object("POST", "/deliveries/" + id + "/replay", "");
            awaitStage(webhook, 1, 1);
            assertThat(receiver.requests()).hasSize(2);
            assertThat(program.call("POST", "/deliveries/" + id + "/replay", "").statusCode())
                    .as("while it is pending")
                    .isEqualTo(409);
        }
    }

    @Test
    void anOutcomeTheDatabaseRefusesCostsTheOthersNothing() {
        database.update("ALTER TABLE delivery ADD CONSTRAINT poison CHECK (octet_length(last_excerpt) <> 13)");
        try (var poison = ScriptedReceiver.start(ScriptedReceiver.status(400, "thirteen long"));
                var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var refused = installation.subscribe(topic, poison, NO_RETRIES);
            var webhook = program.subscribe("beside " + topic, receiver.url("/"), "\"" + topic + ".>\"", "");
            publish(0, 20);
            awaitStage(webhook, 10, 20);
            awaitStage(refused, 11, 20);
            assertThat(poison.requests()).hasSize(20);
            assertThat(program.webhook(refused).getInt("consecutive_failures")).isEqualTo(20);
            assertThat(database.count(
                            "SELECT count(*) FROM delivery WHERE subscription_id = ? AND octet_length(last_excerpt) = 0",
                            Installation.id(refused)))
                    .as("stored without what was refused")
                    .isEqualTo(20);
        } finally {
            database.update("ALTER TABLE delivery DROP CONSTRAINT poison");
        }
    }

    @Test
    void aSuccessWhoseClaimIsGoneForgetsNoFailures() {
        var gate = new CountDownLatch(1);
        ScriptedReceiver.Script script = (out, socket, closed) -> {
            gate.await();
            return ScriptedReceiver.ok().answer(out, socket, closed);
        };
        try (var receiver = ScriptedReceiver.start(script);
                var other = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            publish(0, 1);
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 1);
            database.update(
                    "UPDATE circuit SET consecutive_failures = 2 WHERE subscription_id = ?", Installation.id(webhook));
            database.update(
                    "UPDATE delivery SET stage = 12, claimed_by = NULL, claim = NULL, finished_at = since"
                            + " WHERE subscription_id = ?",
                    Installation.id(webhook));
            var before = program.metric("decnet_attempts_total{status=\"2xx\"}");
            gate.countDown();
            await().atMost(Program.PATIENCE)
                    .until(() -> program.metric("decnet_attempts_total{status=\"2xx\"}") > before);

            var later = program.subscribe("later " + topic, other.url("/"), "\"later." + topic + "\"", "");
            program.publish("later." + topic, "1");
            awaitStage(later, 10, 1);
            assertThat(program.webhook(webhook).getInt("consecutive_failures")).isEqualTo(2);
        }
    }
}
