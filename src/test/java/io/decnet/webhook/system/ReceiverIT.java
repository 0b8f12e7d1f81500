package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a receiver may answer, and what becomes of the delivery. */
@OnBothDatabases
class ReceiverIT {
    private final Program program;
    private final Installation installation;
    private final String topic = Installation.freshTopic();

    ReceiverIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    /** The delivery of one event to a new subscription, once it has ended. */
    private JsonObject delivered(ScriptedReceiver receiver, String settings) {
        var webhook = installation.subscribe(topic, receiver, settings);
        program.publish(topic + ".seen", "{\"n\":1}");
        await().atMost(Program.PATIENCE).until(() -> !deliveries(webhook).isEmpty());
        var id = deliveries(webhook).getJsonObject(0).getString("id");
        await().atMost(Program.PATIENCE)
                .until(() -> !delivery(id).getString("state").equals("pending"));
        return delivery(id);
    }

    private JsonArray deliveries(String webhook) {
        return program.object("GET", webhook + "/deliveries", "").getJsonArray("items");
    }

    private JsonObject delivery(String id) {
        return program.object("GET", "/deliveries/" + id, "");
    }

    private static JsonObject attempt(JsonObject delivery, int number) {
        return delivery.getJsonArray("attempts").getJsonObject(number - 1);
    }

    /** The first request is answered by one script, all others by another. */
    private static Script firstThen(Script first, Script others) {
        var requests = new AtomicInteger();
        return (out, socket, closed) -> (requests.incrementAndGet() == 1 ? first : others).answer(out, socket, closed);
    }

    private String state() {
        return program.object("GET", "/webhooks?q=" + topic, "")
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("state");
    }

    @Test
    void aRedirectIsNotFollowedAndFinal() {
        try (var elsewhere = ScriptedReceiver.start(ScriptedReceiver.ok());
                var receiver =
                        ScriptedReceiver.start(ScriptedReceiver.status(307, "", "Location: " + elsewhere.url("/")))) {
            var delivery = delivered(receiver, "");
            assertThat(delivery.getString("state")).isEqualTo("failed");
            assertThat(delivery.getInt("last_status")).isEqualTo(307);
            assertThat(receiver.requests()).hasSize(1);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aRefusalIsFinal() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(404, "not here"))) {
            var delivery = delivered(receiver, "");
            assertThat(delivery.getString("state")).isEqualTo("failed");
            assertThat(attempt(delivery, 1).getString("response_excerpt")).isEqualTo("not here");
            assertThat(receiver.requests()).hasSize(1);
            assertThat(state()).isEqualTo("active");
        }
    }

    @Test
    void goneTripsAtOnce() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(410, ""))) {
            var delivery = delivered(receiver, "");
            assertThat(delivery.getString("state")).isEqualTo("failed");
            assertThat(receiver.requests()).hasSize(1);
            assertThat(state()).isEqualTo("tripped");
        }
    }

    @Test
    void aTimeoutAServerErrorAndTooManyRequestsAreTriedAgain() {
        for (var first : new Script[] {
            ScriptedReceiver.hangAfter(""), ScriptedReceiver.status(500, ""), ScriptedReceiver.status(429, "")
        }) {
            try (var receiver = ScriptedReceiver.start(firstThen(first, ScriptedReceiver.status(204, "")))) {
                var name = Installation.freshTopic();
                var webhook = program.subscribe(
                        name, receiver.url("/"), "\"" + name + ".>\"", "\"request_timeout\":\"500ms\"");
                program.publish(name + ".seen", "1");
                await().atMost(Program.PATIENCE)
                        .until(() -> installation.deliveries(webhook, "stage = 10 AND attempts = 2") == 1);
                var ids = receiver.requests().stream()
                        .map(request -> request.header("webhook-id").orElseThrow())
                        .distinct();
                assertThat(ids).hasSize(1);
                assertThat(receiver.texts().get(0)).isEqualTo(receiver.texts().get(1));
            }
        }
    }

    @Test
    void theReceiverMayAskForALongerPause() {
        var busy = ScriptedReceiver.status(503, "", "Retry-After: 3");
        try (var receiver = ScriptedReceiver.start(firstThen(busy, ScriptedReceiver.ok()))) {
            var delivery = delivered(receiver, "");
            assertThat(delivery.getString("state")).isEqualTo("delivered");
            var first = Instant.parse(attempt(delivery, 1).getString("at"));
            var second = Instant.parse(attempt(delivery, 2).getString("at"));
            assertThat(Duration.between(first, second)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void ofALongAnswerTheStatusStandsAndTheStartIsKept() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(200, "y".repeat(10 << 20)))) {
            var delivery = delivered(receiver, "");
            assertThat(delivery.getString("state")).isEqualTo("delivered");
            assertThat(attempt(delivery, 1).getString("response_excerpt")).isEqualTo("y".repeat(1024));
        }
    }

    @Test
    void aReceiverThatDripsIsLeftAtTheDeadline() {
        var drips = ScriptedReceiver.drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x", 50);
        try (var receiver = ScriptedReceiver.start(drips)) {
            var delivery = delivered(receiver, "\"request_timeout\":\"1s\",\"retry_schedule\":\"\"");
            assertThat(delivery.getString("state")).isEqualTo("failed");
            assertThat(attempt(delivery, 1).isNull("status_code")).isTrue();
            assertThat(attempt(delivery, 1).getString("error")).isEqualTo("no complete answer within 1000 ms");
            assertThat(attempt(delivery, 1).getInt("duration_ms")).isGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        try (var receiver = ScriptedReceiver.start(firstThen(
                ScriptedReceiver.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxx"), ScriptedReceiver.ok()))) {
            var delivery = delivered(receiver, "");
            assertThat(delivery.getString("state")).isEqualTo("delivered");
            assertThat(delivery.getJsonArray("attempts")).hasSize(2);
        }
    }
}
