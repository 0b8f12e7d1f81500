package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Request;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.h2.engine.Constants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the program is for, seen from outside: JMS in, signed HTTP out, a circuit that trips and is cleared. */
@Timeout(600)
class WebhookSystemIT {
    private static final String SECRET = "0123456789abcdef";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path directory;

    private static Program program;

    private final String topic = "t" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        program = Program.ready(directory, Map.of("DECNET_WEBHOOK_RETRY_SCHEDULE", "100ms,100ms"));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void itsH2IsItsOwnAndNotTheServers() throws IOException {
        assertThat(log()).contains("database.opened product=H2 version=" + Constants.VERSION);
    }

    /** Payara Server has a log of its own. */
    private static String log() throws IOException {
        var server = directory.resolve("data/payara/decnet/logs/server.log");
        return Files.exists(server) ? Files.readString(server) : program.log();
    }

    private String subscribe(ScriptedReceiver receiver, String settings) {
        return program.subscribe(topic, receiver.url("/hook"), "\"" + topic + ".>\"", settings);
    }

    private void publish(int number) {
        program.publish(topic + ".seen", "{\"n\":" + number + "}");
    }

    private static Request only(ScriptedReceiver receiver) {
        await().atMost(Program.PATIENCE).until(() -> !receiver.requests().isEmpty());
        return receiver.requests().get(0);
    }

    private static String body(Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static List<String> bodies(ScriptedReceiver receiver) {
        return receiver.requests().stream().map(WebhookSystemIT::body).toList();
    }

    private String state(String webhook) {
        return program.webhook(webhook).getString("state");
    }

    @Test
    void dispatchesAMatchingEventWithSignatureAndTopicHeader() throws Exception {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            subscribe(receiver, "");
            program.publish(
                    topic + ".seen",
                    "{\"v\":1,\"id\":\"e-" + topic
                            + "\",\"type\":\"seen\",\"ts\":1777062273.12,\"payload\":{\"b\":1.50,\"a\":2}}");
            var request = only(receiver);
            assertThat(body(request))
                    .isEqualTo("{\"id\":\"e-" + topic + "\",\"payload\":{\"a\":2,\"b\":1.50},\"topic\":\"" + topic
                            + ".seen\",\"ts\":\"2026-04-24T20:24:33.120Z\",\"type\":\"seen\",\"v\":1}");
            assertThat(request.header("X-DECNET-Event-Topic")).contains(topic + ".seen");
            assertThat(request.header("X-DECNET-Event-Id")).contains("e-" + topic);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            assertThat(request.header("X-DECNET-Signature"))
                    .contains("sha256=" + HexFormat.of().formatHex(mac.doFinal(request.body())));
            var key = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
            new Webhook(key)
                    .verify(
                            body(request),
                            HttpHeaders.of(
                                    Map.of(
                                            "webhook-id",
                                                    List.of(request.header("webhook-id")
                                                            .orElseThrow()),
                                            "webhook-timestamp",
                                                    List.of(request.header("webhook-timestamp")
                                                            .orElseThrow()),
                                            "webhook-signature",
                                                    List.of(request.header("webhook-signature")
                                                            .orElseThrow())),
                                    (name, value) -> true));
        }
    }

    @Test
    void ignoresANonMatchingEvent() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            subscribe(receiver, "");
            program.publish("other." + topic, "{\"n\":1}");
            publish(2);
            assertThat(body(only(receiver))).contains("\"n\":2");
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void recordsAFailureOn5xxAfterTheRetries() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(503, "busy"))) {
            var webhook = subscribe(receiver, "");
            publish(1);
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).getInt("consecutive_failures") == 1);
            assertThat(receiver.requests()).hasSize(3);
            assertThat(program.webhook(webhook).getString("last_error")).contains("503");
            assertThat(state(webhook)).isEqualTo("active");
        }
    }

    @Test
    void deliversTheNextEventToASubscriptionAddedAtRunTime() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            publish(1);
            subscribe(receiver, "");
            publish(2);
            assertThat(body(only(receiver))).contains("\"n\":2");
        }
    }

    @Test
    void overlappingPatternsDeliverOnce() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            program.subscribe(
                    topic, receiver.url("/"), "\"" + topic + ".>\",\"" + topic + ".*\",\"" + topic + ".seen\"", "");
            publish(1);
            publish(2);
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() >= 2);
            assertThat(bodies(receiver)).doesNotHaveDuplicates().hasSize(2);
        }
    }

    @Test
    void tripsAfterFiveConsecutiveFailuresAndStops() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(500, ""))) {
            var webhook = subscribe(receiver, "\"retry_schedule\":\"\"");
            for (int n = 1; n <= 5; n++) {
                publish(n);
                int failures = n;
                await().atMost(Program.PATIENCE)
                        .until(() -> program.webhook(webhook).getInt("consecutive_failures") == failures);
            }
            await().atMost(Program.PATIENCE).until(() -> state(webhook).equals("tripped"));
            assertThat(program.webhook(webhook).getBoolean("enabled")).isFalse();
            assertThat(program.webhook(webhook).isNull("auto_disabled_at")).isFalse();
            publish(6);
            publish(7);
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).getInt("held") == 2);
            assertThat(receiver.requests()).hasSize(5);

            receiver.script(ScriptedReceiver.ok());
            var enabled = program.object("PATCH", webhook, "{\"enabled\":true}");
            assertThat(enabled.isNull("auto_disabled_at")).isTrue();
            assertThat(enabled.isNull("last_error")).isTrue();
            assertThat(enabled.getInt("consecutive_failures")).isZero();
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 7);
            assertThat(bodies(receiver).get(5)).contains("\"n\":6");
            assertThat(bodies(receiver).get(6)).contains("\"n\":7");
        }
    }

    @Test
    void aPauseIsNoTrip() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = subscribe(receiver, "");
            program.object("PATCH", webhook, "{\"enabled\":false}");
            assertThat(state(webhook)).isEqualTo("paused");
            assertThat(program.webhook(webhook).isNull("auto_disabled_at")).isTrue();
        }
    }

    @Test
    void storesWhatItCannotReadAndDeliversTheNextGoodOne() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            subscribe(receiver, "");
            program.publish(topic + ".bad", "not json " + topic);
            program.send("decnet.bus", context -> context.createTextMessage("{\"no\":\"topic\"}"));
            program.send("decnet." + topic + ".object", context -> context.createObjectMessage("serialized"));
            program.publish(topic + ".long", "\"" + "x".repeat(2 << 20) + "\"");
            publish(1);
            assertThat(body(only(receiver))).contains("\"n\":1");
            assertThat(receiver.requests()).hasSize(1);
            await().atMost(Program.PATIENCE)
                    .until(() -> program.object("GET", "/rejected-events", "")
                                    .getJsonArray("items")
                                    .size()
                            >= 4);
        }
    }

    @Test
    void aMessageByStompHasTheIdTheBrokerGaveIt() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            subscribe(receiver, "");
            program.sendByStomp("decnet." + topic + ".stomp", "{\"n\":1e3}");
            var request = only(receiver);
            assertThat(body(request)).contains("\"payload\":{\"n\":1e3}").contains("\"topic\":\"" + topic + ".stomp\"");
            assertThat(request.header("X-DECNET-Event-Id").orElseThrow()).matches("STOMP[0-9]+-[1-9][0-9]{12}");
        }
    }

    @Test
    void anEventPublishedByTheApiKeepsItsNumbers() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            subscribe(receiver, "");
            program.object(
                    "POST",
                    "/events",
                    "{\"topic\":\"" + topic + ".seen\",\"ts\":1777062273.12,\"payload\":{\"b\":1.50,\"a\":1e3}}");
            assertThat(body(only(receiver)))
                    .contains("\"payload\":{\"a\":1e3,\"b\":1.50}", "\"ts\":\"2026-04-24T20:24:33.120Z\"");
        }
    }

    @Test
    void aChangeIsKept() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = subscribe(receiver, "");
            program.object("PATCH", webhook, "{\"name\":\"renamed-" + topic + "\"}");
            assertThat(program.webhook(webhook).getString("name")).isEqualTo("renamed-" + topic);
            program.object("DELETE", webhook, "");
            assertThat(program.call("GET", webhook, "").statusCode()).isEqualTo(404);
            subscribe(receiver, "");
        }
    }
}
