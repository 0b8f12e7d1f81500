package io.decnet.webhook.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes over the bus is an event that keeps the rules, or a reason that can be shown. */
class EventReaderFuzzTest {
    private static final Instant SENT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String UNSHOWABLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]";

    private final EventReader reader = new EventReader();

    EventReaderFuzzTest() {
        reader.settings = Settings.read(name -> Optional.empty());
        reader.ids = new Ids();
    }

    @Property
    void everyMessageIsAnEventOrAReason(@ForAll("messages") BusMessage message) {
        var reading = reader.read(message);

        if (reading instanceof Reading.Legible legible) {
            assertKeepsTheRules(legible.event(), message);
        } else if (reading instanceof Reading.Illegible illegible) {
            assertThat(illegible.reason()).isNotBlank().doesNotContainPattern(UNSHOWABLE);
        }
    }

    private static void assertKeepsTheRules(Event event, BusMessage message) {
        assertThat(Topic.problem(event.topic().value())).isEmpty();
        assertThat(event.topic().isSystemWebhook()).isFalse();
        assertThat(event.id())
                .satisfiesAnyOf(
                        id -> assertThat(id).matches("[A-Za-z0-9:_-]{1,128}"),
                        id -> assertThat(message.messageId()).contains(id));
        assertThat(event.ts())
                .isBetween(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));
        var payload = new String(event.payload(), StandardCharsets.UTF_8);
        assertThat(CanonicalJson.read(payload).text()).isEqualTo(payload);
    }

    @Property
    void theTopicNeverComesFromTheBody(@ForAll("bodies") BusMessage.Body body) {
        var reading = reader.read(message("decnet.decky.7.state", Optional.of("evil"), body));

        if (reading instanceof Reading.Legible legible) {
            assertThat(legible.event().topic().value()).isEqualTo("decky.7.state");
        }
    }

    private static BusMessage message(String destination, Optional<String> topic, BusMessage.Body body) {
        return new BusMessage(destination, topic, topic, topic, Optional.of("ID:7"), SENT, body);
    }

    @Provide
    Arbitrary<BusMessage> messages() {
        var destinations = Arbitraries.oneOf(
                Arbitraries.of("decnet.bus", "decnet.", "decnet", "decnet.system.webhook.x", "elsewhere"),
                Arbitraries.strings().ascii().ofMaxLength(20).map(text -> "decnet." + text));
        var properties = Arbitraries.oneOf(
                        Arbitraries.of(
                                "a.b", "", "system.webhook.tripped", "system.webhook.subscriptions_changed", "a..b"),
                        Arbitraries.strings().all().ofMaxLength(300))
                .optional();
        return Combinators.combine(destinations, properties, bodies()).as(EventReaderFuzzTest::message);
    }

    @Provide
    Arbitrary<BusMessage.Body> bodies() {
        Arbitrary<BusMessage.Body> texts = envelopes().map(BusMessage.Body.Text::new);
        Arbitrary<BusMessage.Body> encoded =
                envelopes().map(text -> new BusMessage.Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
        Arbitrary<BusMessage.Body> noise =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(BusMessage.Body.Bytes::new);
        return Arbitraries.oneOf(texts, encoded, noise);
    }

    /** Envelopes in which every member may be right, wrong or absent. */
    private static Arbitrary<String> envelopes() {
        var values = Arbitraries.of(
                "1",
                "-1",
                "1e400",
                "1e-400",
                "99999999999999999999",
                "1777062273.120",
                "253402300800",
                "true",
                "null",
                "[]",
                "{}",
                "\"\"",
                "\"x\"",
                "\"a b\"",
                "\"2026-04-24T20:24:33.120Z\"",
                "\"2026-04-24\"",
                "\"+1000000000-01-01T00:00:00Z\"",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "\"" + "x".repeat(129) + "\"",
                "");
        var members = Combinators.combine(Arbitraries.of("v", "id", "type", "ts", "payload", "topic"), values)
                .as((name, value) -> "\"" + name + "\":" + value);
        return members.list().ofMaxSize(8).map(all -> "{" + String.join(",", all) + "}");
    }
}
