package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Counting and tripping, where it must be exact: many outcomes at once, on the tables of either database. */
@OnBothDatabases
class CircuitIT {
    private static final int AT_ONCE = 10;
    private static final String NO_RETRIES = "\"retry_schedule\":\"\",\"concurrency\":" + AT_ONCE;

    private final Installation installation;
    private final Program program;
    private final String topic = Installation.freshTopic();

    CircuitIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    /** Answers only when ten requests are in hand: so ten attempts end together. */
    private static Script failingTogether() {
        var barrier = new CyclicBarrier(AT_ONCE);
        var refusal = ScriptedReceiver.status(500, "");
        return (out, socket, closed) -> {
            try {
                barrier.await();
            } catch (BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
            return refusal.answer(out, socket, closed);
        };
    }

    private void publishTen() {
        program.onBus(bus -> {
            for (int n = 0; n < AT_ONCE; n++) {
                bus.createProducer().send(bus.createTopic("decnet." + topic + ".seen"), "{\"n\":" + n + "}");
            }
        });
    }

    private void awaitFailed(String webhook, int deliveries) {
        await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "stage = 11") == deliveries);
    }

    private long epoch(String webhook) {
        return installation
                .database()
                .count("SELECT epoch FROM circuit WHERE subscription_id = ?", Installation.id(webhook));
    }

    @Test
    void tenConcurrentFailuresCountExactlyTenBelowAThresholdOfTwenty() {
        try (var receiver = ScriptedReceiver.start(failingTogether())) {
            var webhook = installation.subscribe(topic, receiver, NO_RETRIES + ",\"circuit_threshold\":20");
            publishTen();
            awaitFailed(webhook, AT_ONCE);
            var shown = program.webhook(webhook);
            assertThat(shown.getInt("consecutive_failures")).isEqualTo(10);
            assertThat(shown.getString("state")).isEqualTo("active");
            assertThat(shown.getString("last_error")).isEqualTo("HTTP 500");
        }
    }

    @Test
    void ofTenConcurrentFailuresTheFifthTripsTheCircuitOnceAndTheRestAreOnlyRecorded() {
        try (var receiver = ScriptedReceiver.start(failingTogether());
                var alarms = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            program.subscribe("alarms-" + topic, alarms.url("/"), "\"system.webhook.tripped\"", "");
            var webhook = installation.subscribe(topic, receiver, NO_RETRIES + ",\"circuit_threshold\":5");
            publishTen();
            awaitFailed(webhook, AT_ONCE);
            var shown = program.webhook(webhook);
            assertThat(shown.getString("state")).isEqualTo("tripped");
            assertThat(shown.getInt("consecutive_failures")).isEqualTo(5);
            assertThat(epoch(webhook)).as("changes of the circuit").isEqualTo(1);
            assertThat(installation
                            .database()
                            .count(
                                    "SELECT sum(attempts) FROM delivery WHERE subscription_id = ?",
                                    Installation.id(webhook)))
                    .isEqualTo(AT_ONCE);
            assertThat(tripsTold(alarms)).isEqualTo(1);
        }
    }

    /** Alarms are stored with the trip, so after the trip is seen there are no more rows to come. */
    private long tripsTold(ScriptedReceiver alarms) {
        var told = "SELECT count(*) FROM event WHERE topic = 'system.webhook.tripped' AND id IN"
                + " (SELECT event FROM delivery d JOIN subscription s ON s.id = d.subscription_id WHERE s.name = ?)";
        await().atMost(Program.PATIENCE).until(() -> !ofThisTest(alarms).isEmpty());
        assertThat(ofThisTest(alarms)).hasSize(1);
        assertThat(ofThisTest(alarms).get(0)).contains("\"consecutive_failures\":5", "\"last_error\":\"HTTP 500\"");
        return installation.database().count(told, "alarms-" + topic);
    }

    private List<String> ofThisTest(ScriptedReceiver alarms) {
        return alarms.texts().stream()
                .filter(text -> text.contains("\"name\":\"" + topic + "\""))
                .toList();
    }

    @Test
    void enablingATrippedOneClearsStampCountAndError() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(500, ""))) {
            var webhook = installation.subscribe(topic, receiver, NO_RETRIES + ",\"circuit_threshold\":1");
            program.publish(topic + ".seen", "1");
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).getString("state").equals("tripped"));
            assertThat(program.webhook(webhook).isNull("auto_disabled_at")).isFalse();
            receiver.script(ScriptedReceiver.ok());
            program.object("PATCH", webhook, "{\"enabled\":true}");
            var shown = program.webhook(webhook);
            assertThat(shown.getString("state")).isEqualTo("active");
            assertThat(shown.isNull("auto_disabled_at")).isTrue();
            assertThat(shown.isNull("last_error")).isTrue();
            assertThat(shown.getInt("consecutive_failures")).isZero();
            assertThat(epoch(webhook)).isEqualTo(2);
        }
    }

    @Test
    void aPauseLeavesATrippedOneTripped() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(500, ""))) {
            var webhook = installation.subscribe(topic, receiver, NO_RETRIES + ",\"circuit_threshold\":1");
            program.publish(topic + ".seen", "1");
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).getString("state").equals("tripped"));
            var before = program.webhook(webhook).getString("auto_disabled_at");
            program.object("PATCH", webhook, "{\"enabled\":false}");
            assertThat(program.webhook(webhook).getString("state")).isEqualTo("tripped");
            assertThat(program.webhook(webhook).getString("auto_disabled_at")).isEqualTo(before);
        }
    }
}
