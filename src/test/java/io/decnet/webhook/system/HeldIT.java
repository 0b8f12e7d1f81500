package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits while a circuit is open, and what becomes of it. */
@OnBothDatabases
class HeldIT {
    private final Program program;
    private final Installation installation;
    private final String topic = Installation.freshTopic();

    HeldIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    private String paused(ScriptedReceiver receiver, int events) {
        var webhook = installation.subscribe(topic, receiver, "");
        program.object("PATCH", webhook, "{\"enabled\":false}");
        IntStream.range(0, events).forEach(n -> program.publish(topic + ".seen", "{\"n\":" + n + "}"));
        await().atMost(Program.PATIENCE).until(() -> program.webhook(webhook).getInt("held") == events);
        return webhook;
    }

    private static List<Integer> numbers(ScriptedReceiver receiver) {
        return receiver.texts().stream()
                .map(text -> Integer.valueOf(text.replaceAll(".*\"n\":(\\d+).*", "$1")))
                .toList();
    }

    @Test
    void enablingDeliversTheHeldOnesInOrderBeforeWhatComesLater() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            // One at a time: so the order of requests is the order of their starts.
            var webhook = paused(receiver, 6);
            program.object("PATCH", webhook, "{\"enabled\":true,\"settings\":{\"concurrency\":1}}");
            program.publish(topic + ".seen", "{\"n\":6}");
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 7);
            assertThat(numbers(receiver)).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(program.webhook(webhook).getInt("held")).isZero();
        }
    }

    @Test
    void enablingWithDiscardDiscardsExactlyTheHeldOnes() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var discarded = "decnet_deliveries_total{outcome=\"discarded\"}";
            var before = program.metric(discarded);
            var webhook = paused(receiver, 4);
            program.object("PATCH", webhook, "{\"enabled\":true,\"held\":\"discard\"}");
            program.publish(topic + ".seen", "{\"n\":4}");
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 1);
            assertThat(numbers(receiver)).containsExactly(4);
            assertThat(program.object("GET", webhook + "/deliveries?state=discarded", "")
                            .getJsonArray("items"))
                    .hasSize(4);
            assertThat(program.metric(discarded)).isEqualTo(before + 4);
        }
    }

    @Test
    void discardingIsRefusedWithoutEnabling() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = paused(receiver, 1);
            assertThat(program.call("PATCH", webhook, "{\"held\":\"discard\"}").statusCode())
                    .isEqualTo(422);
            assertThat(program.webhook(webhook).getInt("held")).isEqualTo(1);
        }
    }

    @Test
    void theTagMovesWithTheSettingsAndNotWithOutcomes() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(500, ""))) {
            var webhook = installation.subscribe(topic, receiver, "\"retry_schedule\":\"\"");
            var tag = tag(webhook);
            program.publish(topic + ".seen", "{\"n\":0}");
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).getInt("consecutive_failures") == 1);
            assertThat(tag(webhook)).isEqualTo(tag);
            var wish = "{\"settings\":{\"description\":\"new\"}}";
            assertThat(program.call("PATCH", webhook, wish, "If-Match", "\"no-such-tag\"")
                            .statusCode())
                    .isEqualTo(412);
            assertThat(program.call("PATCH", webhook, wish, "If-Match", tag).statusCode())
                    .isEqualTo(200);
            assertThat(tag(webhook)).isNotEqualTo(tag);
            assertThat(program.call("PATCH", webhook, wish, "If-Match", tag).statusCode())
                    .isEqualTo(412);
            var current = tag(webhook);
            assertThat(program.call("PATCH", webhook, "{}").statusCode()).isEqualTo(200);
            assertThat(tag(webhook)).isEqualTo(current);
        }
    }

    private String tag(String webhook) {
        return program.call("GET", webhook, "").headers().firstValue("ETag").orElseThrow();
    }
}
