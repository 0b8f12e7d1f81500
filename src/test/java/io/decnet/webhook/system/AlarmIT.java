package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the program says about its own subscriptions. */
@OnBothDatabases
class AlarmIT {
    private static final String CHANGED = "decnet.system.webhook.subscriptions_changed";

    private final Program program;
    private final Installation installation;
    private final String topic = Installation.freshTopic();

    AlarmIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    @Test
    void aChangeIsAnnouncedOnTheBusAndDeliveredToNobody() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = program.subscribe(topic, receiver.url("/"), "\"system.webhook.>\",\"" + topic + ".>\"", "");
            program.onBus(bus -> {
                var hints = bus.createConsumer(bus.createTopic(CHANGED));
                program.object("PATCH", webhook, "{\"settings\":{\"description\":\"changed\"}}");
                await().atMost(Program.PATIENCE).until(() -> {
                    var hint = hints.receive(1000);
                    return hint != null
                            && hint.getBody(String.class)
                                    .contains(Installation.id(webhook).toString());
                });
            });
            program.publish(topic + ".seen", "{\"n\":1}");
            await().atMost(Program.PATIENCE).until(() -> !receiver.texts().isEmpty());
            assertThat(receiver.texts()).noneMatch(text -> text.contains("subscriptions_changed"));
        }
    }

    @Test
    void tripAndRecoveryAreToldToOthersAndNotToTheOneConcerned() {
        try (var failing = ScriptedReceiver.start(ScriptedReceiver.status(500, ""));
                var watching = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            program.subscribe("watcher-" + topic, watching.url("/"), "\"system.webhook.>\"", "");
            var webhook = program.subscribe(
                    topic,
                    failing.url("/"),
                    "\"system.webhook.>\",\"" + topic + ".>\"",
                    "\"retry_schedule\":\"\",\"circuit_threshold\":1");
            program.publish(topic + ".seen", "{\"n\":1}");
            var uuid = Installation.id(webhook).toString();
            await().atMost(Program.PATIENCE).until(() -> about(uuid, watching).size() == 1);
            assertThat(about(uuid, watching).get(0))
                    .contains(
                            "\"topic\":\"system.webhook.tripped\"",
                            "\"name\":\"" + topic + "\"",
                            "\"consecutive_failures\":1",
                            "\"last_error\":\"HTTP 500\"",
                            "\"at\":\"");
            failing.script(ScriptedReceiver.ok());
            program.object("PATCH", webhook, "{\"enabled\":true}");
            await().atMost(Program.PATIENCE).until(() -> about(uuid, watching).size() == 2);
            assertThat(about(uuid, watching).get(1)).contains("\"topic\":\"system.webhook.recovered\"");
            program.publish(topic + ".seen", "{\"n\":2}");
            await().atMost(Program.PATIENCE)
                    .until(() -> failing.texts().stream().anyMatch(text -> text.contains("\"n\":2")));
            assertThat(about(uuid, failing)).isEmpty();
            assertThat(installation
                            .database()
                            .list(
                                    "SELECT e.topic FROM delivery d JOIN event e ON e.id = d.event WHERE d.subscription_id = ?",
                                    Installation.id(webhook)))
                    .containsOnly(topic + ".seen");
        }
    }

    private static List<String> about(String uuid, ScriptedReceiver receiver) {
        return receiver.texts().stream().filter(text -> text.contains(uuid)).toList();
    }
}
