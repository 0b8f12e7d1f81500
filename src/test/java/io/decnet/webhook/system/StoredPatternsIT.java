package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pattern lists that somebody wrote into the table behind the program's back. */
@OnBothDatabases
class StoredPatternsIT {
    private final Installation installation;
    private final Program program;
    private final String topic = Installation.freshTopic();

    StoredPatternsIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    static Stream<String> unreadable() {
        return Stream.of(
                "attacker.>",
                "",
                "null",
                "[\">\"",
                "{\"patterns\":[\">\"]}",
                "\">\"",
                "[1,2]",
                "[null]",
                "[[\">\"]]",
                "[\">\",7]",
                "[\">\",\"\"]",
                "[\">\",\"a..b\"]",
                "[\">\",\"a.>.b\"]",
                "[\">\",\"a b\"]",
                "[\">\",\"" + "x".repeat(256) + "\"]",
                "[".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aListThatCannotBeReadMatchesNothingWarnsAndHarmsNoOther(String patterns) {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok());
                var other = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var bad = installation.subscribe(topic, receiver, "");
            program.subscribe("other-" + topic, other.url("/"), "\"" + topic + ".>\"", "");
            installation.overwrite(bad, "patterns", patterns);
            program.publish(topic + ".seen", "{\"n\":1}");
            await().atMost(Program.PATIENCE).until(() -> other.texts().size() == 1);
            assertThat(installation.deliveries(bad, "1 = 1")).isZero();
            var shown = program.webhook(bad);
            assertThat(shown.getString("state")).isEqualTo("active");
            assertThat(shown.getJsonArray("warnings")
                            .getString(shown.getJsonArray("warnings").size() - 1))
                    .startsWith("bad_patterns: ");
            assertThat(shown.getJsonArray("topic_patterns")).isEmpty();

            program.object("PATCH", bad, "{\"topic_patterns\":[\"" + topic + ".>\"]}");
            assertThat(program.webhook(bad).getJsonArray("warnings").toString()).doesNotContain("bad_patterns");
            program.publish(topic + ".seen", "{\"n\":2}");
            await().atMost(Program.PATIENCE).until(() -> receiver.texts().size() == 1);
        }
    }
}
