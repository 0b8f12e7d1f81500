package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much is held, and for how long, with limits small enough to be reached. */
@Timeout(300)
class HoldLimitsIT {
    @TempDir
    Path directory;

    @Test
    void theOldestBeyondTheLimitAreDiscardedAndSoIsWhatIsHeldTooLong() {
        var limits = Map.of("DECNET_WEBHOOK_HOLD_MAX_EVENTS", "3", "DECNET_WEBHOOK_HOLD_MAX_AGE", "30s");
        try (var program = Program.ready(directory, limits);
                var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = program.subscribe("siem", receiver.url("/"), "\"a.>\"", "");
            program.object("PATCH", webhook, "{\"enabled\":false}");
            // One after the other: the bus hands out several at once, and the age of a delivery is when it was stored.
            IntStream.range(0, 5).forEach(n -> {
                program.publish("a." + n, "1");
                await().atMost(Program.PATIENCE)
                        .until(() -> program.object("GET", webhook + "/deliveries", "")
                                        .getJsonArray("items")
                                        .size()
                                == n + 1);
            });
            await().atMost(Program.PATIENCE)
                    .until(() -> topics(program, webhook, "discarded").size() == 2);
            assertThat(topics(program, webhook, "discarded")).containsExactly("a.1", "a.0");
            assertThat(topics(program, webhook, "held")).containsExactly("a.4", "a.3", "a.2");

            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).getInt("held") == 0);
            assertThat(topics(program, webhook, "discarded")).hasSize(5);
            assertThat(program.metric("decnet_deliveries_total{outcome=\"discarded\"}"))
                    .isEqualTo(5);
            assertThat(receiver.requests()).isEmpty();
            assertThat(program.metric("decnet_stuck")).isZero();
        }
    }

    private static List<String> topics(Program program, String webhook, String state) {
        return program.object("GET", webhook + "/deliveries?state=" + state, "").getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("topic"))
                .toList();
    }
}
