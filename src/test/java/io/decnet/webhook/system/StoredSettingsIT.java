package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings and secrets that somebody wrote into the table behind the program's back. */
@OnBothDatabases
class StoredSettingsIT {
    private final Installation installation;
    private final Program program;
    private final String topic = Installation.freshTopic();

    StoredSettingsIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("retry_schedule", "soon", "{\"settings\":{\"retry_schedule\":\"1s\"}}"),
                Arguments.of("retry_schedule", "1s,,2s", "{\"settings\":{\"retry_schedule\":null}}"),
                Arguments.of("request_timeout", "", "{\"settings\":{\"request_timeout\":\"5s\"}}"),
                Arguments.of("request_timeout", "999999999999d", "{\"settings\":{\"request_timeout\":null}}"),
                Arguments.of("secret", new byte[] {1, 2, 3}, "{\"secret\":\"fedcba9876543210\"}"),
                Arguments.of("secret", new byte[64], "{\"secret\":\"fedcba9876543210\"}"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadSetsThatOneAsideUntilItIsSetAnewAndHarmsNoOther(String column, Object value, String mending) {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok());
                var other = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var bad = installation.subscribe(topic, receiver, "");
            program.subscribe("other-" + topic, other.url("/"), "\"" + topic + ".>\"", "");
            installation.overwrite(bad, column, value);
            program.publish(topic + ".seen", "{\"n\":1}");
            await().atMost(Program.PATIENCE).until(() -> other.texts().size() == 1);
            var shown = program.webhook(bad);
            assertThat(shown.getString("last_error"))
                    .startsWith("bad_settings: the stored " + column + " cannot be read");
            assertThat(shown.getJsonArray("warnings").toString()).contains("bad_settings: the stored " + column);
            assertThat(program.log()).contains("subscription.set-aside id=" + Installation.id(bad));
            if (column.equals("secret")) {
                assertThat(program.object("POST", bad + "/test", "").getString("error"))
                        .startsWith("bad_settings: ");
            }
            assertThat(receiver.texts()).isEmpty();

            program.object("PATCH", bad, mending);
            await().atMost(Program.PATIENCE).until(() -> receiver.texts().size() == 1);
            shown = program.webhook(bad);
            assertThat(shown.isNull("last_error")).isTrue();
            assertThat(shown.getJsonArray("warnings").toString()).doesNotContain("bad_settings");
        }
    }
}
