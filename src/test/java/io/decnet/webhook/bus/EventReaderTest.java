package io.decnet.webhook.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final Instant SENT = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Reading read(BusMessage message) {
        var reader = new EventReader();
        reader.settings = Settings.read(name -> Optional.empty());
        reader.ids = new Ids();
        return reader.read(message);
    }

    private static BusMessage message(String destination, Optional<String> topic, BusMessage.Body body) {
        return new BusMessage(
                destination, topic, Optional.of("from-property"), Optional.empty(), Optional.of("ID:7"), SENT, body);
    }

    private static Reading text(String body) {
        return read(message("decnet.attacker.seen", Optional.empty(), new BusMessage.Body.Text(body)));
    }

    private static Event event(String body) {
        return ((Reading.Legible) text(body)).event();
    }

    private static String payload(String body) {
        return new String(event(body).payload(), StandardCharsets.UTF_8);
    }

    private static String reason(Reading reading) {
        return ((Reading.Illegible) reading).reason();
    }

    @Test
    void takesTheTopicFromTheDestinationAndTheRestFromTheEnvelope() {
        var event = event(
                "{\"v\":1,\"id\":\"a:b-c_1\",\"type\":\"t\",\"ts\":1777062273.120,\"topic\":\"evil\",\"payload\":{\"b\":1,\"a\":[]}}");
        assertThat(event.topic().value()).isEqualTo("attacker.seen");
        assertThat(event.id()).isEqualTo("a:b-c_1");
        assertThat(event.type()).isEqualTo("t");
        assertThat(event.ts()).isEqualTo(Instant.parse("2026-04-24T20:24:33.120Z"));
        assertThat(new String(event.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":[],\"b\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[1]", "\"x\"", "7", "true", "null"})
    void anyOtherValueIsThePayload(String json) {
        assertThat(payload(json)).isEqualTo(json);
        assertThat(event(json).id()).isEqualTo("ID:7");
        assertThat(event(json).type()).isEqualTo("from-property");
        assertThat(event(json).ts()).isEqualTo(SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e5", "-0", "100000000000000000000000000000000001", "0.10", "1E+2", "1e999999"})
    void numberLiteralsStayAsWritten(String number) {
        assertThat(payload(number)).isEqualTo(number);
    }

    @Test
    void keysAreSortedAndTheLastDuplicateWins() {
        assertThat(payload(" { \"b\" : {\"d\":1, \"c\":2} , \"a\":1, \"a\":2 } "))
                .isEqualTo("{\"a\":2,\"b\":{\"c\":2,\"d\":1}}");
    }

    @Test
    void oddCharactersComeThrough() {
        assertThat(payload("\"\\u0000\\/\\u00e9\\ud83d\\ude00\\\"\\\\\"")).isEqualTo("\"\\u0000/é😀\\\"\\\\\"");
        assertThat(payload("\"\\ud800x\"")).isEqualToIgnoringCase("\"\\ud800x\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "\"yesterday\"",
                "{}",
                "true",
                "null",
                "99999999999999999999",
                "-1e18",
                "\"\"",
                "1e-999999999",
                "1e999999999"
            })
    void aTimeThatIsNoneFallsBackToTheMessages(String ts) {
        assertThat(event("{\"payload\":1,\"ts\":" + ts + "}").ts()).isEqualTo(SENT);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-04-24T22:24:33.12+02:00\"', 2026-04-24T20:24:33.120Z",
        "'\"2026-04-24T20:24:33Z\"', 2026-04-24T20:24:33Z",
        "0, 1970-01-01T00:00:00Z",
        "1.5e9, 2017-07-14T02:40:00Z",
        "-1.5, 1969-12-31T23:59:58.500Z"
    })
    void readsTimesInBothForms(String ts, Instant expected) {
        assertThat(event("{\"payload\":1,\"ts\":" + ts + "}").ts()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"\"", "\"with space\"", "null", "\"é\""})
    void anIdThatIsNoneFallsBackToTheMessages(String id) {
        assertThat(event("{\"payload\":1,\"id\":" + id + "}").id()).isEqualTo("ID:7");
    }

    @Test
    void aMessageIdUnfitForAHeaderGivesWayToOneThatIsTheSameForTheSameMessage() {
        var evil = withMessageId("ID:x\r\nX-Evil: 1");
        assertThat(evil).isEqualTo(withMessageId("ID:x\r\nX-Evil: 1")).matches("[0-9a-f-]{36}");
        assertThat(withMessageId("ID:" + "x".repeat(400)))
                .matches("[0-9a-f-]{36}")
                .isNotEqualTo(evil);
    }

    private static String withMessageId(String messageId) {
        var message = new BusMessage(
                "decnet.a",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(messageId),
                SENT,
                new BusMessage.Body.Text("1"));
        return ((Reading.Legible) read(message)).event().id();
    }

    @Test
    void theReasonSaysWhereAndQuotesNothingOfTheBody() {
        assertThat(reason(text("{\"a\":\n secret}")))
                .isEqualTo("the body is not JSON: it has an unexpected character at line 2, column 8");
        assertThat(reason(text("{\"a\":1"))).startsWith("the body is not JSON: it ends too early");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{} {}",
                "{\"a\":}",
                "NaN",
                "01",
                "'a'",
                "{a:1}",
                "[1,]",
                "\"\u0001\"",
                "// c\n1",
                "hello"
            })
    void whatIsNotJsonIsRejectedWithAReason(String body) {
        assertThat(reason(text(body))).isNotBlank();
        assertThat(((Reading.Illegible) text(body)).body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nestingHasALimit() {
        assertThat(text("[".repeat(400) + "]".repeat(400))).isInstanceOf(Reading.Legible.class);
        assertThat(reason(text("[".repeat(100_000)))).contains("nested deeper");
    }

    @Test
    void bytesMustBeUtf8() {
        byte[] bad = {'"', (byte) 0xff, '"'};
        assertThat(reason(read(message("decnet.a", Optional.empty(), new BusMessage.Body.Bytes(bad)))))
                .contains("UTF-8");
        byte[] good = "\"é\"".getBytes(StandardCharsets.UTF_8);
        assertThat(read(message("decnet.a", Optional.empty(), new BusMessage.Body.Bytes(good))))
                .isInstanceOf(Reading.Legible.class);
    }

    @Test
    void otherKindsAndLongBodiesAreRejected() {
        assertThat(reason(read(message("decnet.a", Optional.empty(), new BusMessage.Body.Other("ObjectMessage")))))
                .contains("ObjectMessage");
        assertThat(reason(read(
                        message("decnet.a", Optional.empty(), new BusMessage.Body.TooLong(2_097_152, new byte[9])))))
                .contains("2097152");
    }

    @ParameterizedTest
    @CsvSource({"'',false", "a..b,false", "a.*,false", "a b,false", "a.b,true", "foo*bar,true", "a:b,true"})
    void onTheCommonDestinationThePropertyIsTheTopic(String topic, boolean good) {
        var reading = read(message("decnet.bus", Optional.of(topic), new BusMessage.Body.Text("1")));
        assertThat(reading instanceof Reading.Legible).isEqualTo(good);
        assertThat(read(message("decnet.bus", Optional.empty(), new BusMessage.Body.Text("1"))))
                .isInstanceOf(Reading.Illegible.class);
    }

    @Test
    void ourOwnTopicsAreRejectedExceptTheHint() {
        var body = new BusMessage.Body.Text("{}");
        assertThat(read(message("decnet.system.webhook.tripped", Optional.empty(), body)))
                .isInstanceOf(Reading.Illegible.class);
        assertThat(read(message("decnet.bus", Optional.of("system.webhook.x"), body)))
                .isInstanceOf(Reading.Illegible.class);
        assertThat(read(message("decnet.system.webhook.subscriptions_changed", Optional.empty(), body)))
                .isInstanceOf(Reading.Hint.class);
        assertThat(read(message("decnet.system.webhooks", Optional.empty(), body)))
                .isInstanceOf(Reading.Legible.class);
    }
}
