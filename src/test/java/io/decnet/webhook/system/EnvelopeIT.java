package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Request;
import io.decnet.webhook.testing.Stomp;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of id, time, type, payload and trace of a message, whatever it was sent with. */
@OnBothDatabases
class EnvelopeIT {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Program program;
    private final Installation installation;
    private final String topic = Installation.freshTopic();
    private final ScriptedReceiver receiver = ScriptedReceiver.start(ScriptedReceiver.ok());

    EnvelopeIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    /** Sets a message up before it is sent. */
    private interface SetUp {
        void apply(Message message) throws JMSException;
    }

    @BeforeEach
    void subscribe() {
        installation.subscribe(topic, receiver, "");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Message send(String body, SetUp setUp) {
        Message[] sent = new Message[1];
        program.onBus(bus -> {
            try {
                sent[0] = bus.createTextMessage(body);
                setUp.apply(sent[0]);
                bus.createProducer().send(bus.createTopic("decnet." + topic + ".seen"), sent[0]);
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });
        return sent[0];
    }

    private Message send(String body) {
        return send(body, message -> {});
    }

    private Request came() {
        await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 1);
        return receiver.requests().get(0);
    }

    private JsonObject delivered() {
        try (var reader = Json.createReader(new StringReader(text(came())))) {
            return reader.readObject();
        }
    }

    private static String text(Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void anEnvelopeSaysIdTimeTypeAndPayload() {
        send("{\"v\":1,\"id\":\"" + topic + ":a_B-9\",\"type\":\"login\",\"ts\":1777062273.125,"
                + "\"payload\":{\"z\":1.50,\"a\":1e3,\"z\":2.0}}");
        assertThat(text(came()))
                .isEqualTo("{\"id\":\"" + topic + ":a_B-9\",\"payload\":{\"a\":1e3,\"z\":2.0},\"topic\":\"" + topic
                        + ".seen\",\"ts\":\"2026-04-24T20:24:33.125Z\",\"type\":\"login\",\"v\":1}");
    }

    @Test
    void anyOtherJsonIsThePayloadAndTheMessageSaysTheRest() throws JMSException {
        var sent = send("[3,2,{\"b\":null,\"a\":true}]", message -> {
            message.setStringProperty("event_type", "scan");
            message.setStringProperty("traceparent", TRACE);
        });
        var event = delivered();
        assertThat(event.getString("id")).isEqualTo(sent.getJMSMessageID());
        assertThat(event.getString("type")).isEqualTo("scan");
        assertThat(Instant.parse(event.getString("ts")).toEpochMilli()).isEqualTo(sent.getJMSTimestamp());
        assertThat(text(came())).contains("\"payload\":[3,2,{\"a\":true,\"b\":null}]");
        assertThat(came().header("X-DECNET-Event-Id")).contains(sent.getJMSMessageID());
        assertThat(came().header("traceparent")).contains(TRACE);
    }

    @Test
    void anObjectWithoutPayloadIsThePayload() throws JMSException {
        var sent = send("{\"id\":\"mine\",\"type\":\"mine\"}");
        var event = delivered();
        assertThat(event.getString("id")).isEqualTo(sent.getJMSMessageID());
        assertThat(event.getString("type")).isEmpty();
        assertThat(event.getJsonObject("payload").getString("id")).isEqualTo("mine");
        assertThat(came().header("traceparent")).isEmpty();
    }

    @Test
    void anIdThatIsNoneGivesWayToTheMessageId() throws JMSException {
        var sent = send("{\"id\":\"not an id\",\"payload\":1}");
        assertThat(delivered().getString("id")).isEqualTo(sent.getJMSMessageID());
    }

    @Test
    void anIsoTimeIsTakenToo() {
        send("{\"ts\":\"2026-04-24T22:24:33.12+02:00\",\"payload\":1}");
        assertThat(delivered().getString("ts")).isEqualTo("2026-04-24T20:24:33.120Z");
    }

    @Test
    void aTimeThatIsNoneGivesWayToTheTimeOfSending() throws JMSException {
        var sent = send("{\"ts\":\"yesterday\",\"payload\":1}");
        assertThat(Instant.parse(delivered().getString("ts")).toEpochMilli()).isEqualTo(sent.getJMSTimestamp());
    }

    @Test
    void aTraceThatIsNoneIsLeftOut() {
        send("1", message -> message.setStringProperty("traceparent", TRACE + "\u0000"));
        assertThat(came().header("traceparent")).isEmpty();
    }

    @Test
    void theTopicOfTheCommonDestinationIsAProperty() {
        program.send("decnet.bus", bus -> {
            var message = bus.createTextMessage("{\"topic\":\"somewhere.else\"}");
            try {
                message.setStringProperty("topic", topic + ".*not:a#wildcard");
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
            return message;
        });
        assertThat(delivered().getString("topic")).isEqualTo(topic + ".*not:a#wildcard");
    }

    @Test
    void bytesAreReadAsText() {
        program.send("decnet." + topic + ".seen", bus -> {
            try {
                var message = bus.createBytesMessage();
                message.writeBytes("{\"payload\":\"\u00e4\u20ac\ud83d\ude00\"}".getBytes(StandardCharsets.UTF_8));
                return message;
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(delivered().getString("payload")).isEqualTo("\u00e4\u20ac\ud83d\ude00");
    }

    @Test
    void stompTextIsRead() {
        try (var stomp = Stomp.connect(program.busPort(), "bus", Program.BUS_PASSWORD)) {
            stomp.send("/topic/decnet." + topic + ".seen", "{\"n\":1}", "event_type:scan", "traceparent:" + TRACE);
        }
        var event = delivered();
        assertThat(event.getJsonObject("payload").getInt("n")).isEqualTo(1);
        assertThat(event.getString("type")).isEqualTo("scan");
        assertThat(event.getString("id")).isNotEmpty();
        assertThat(came().header("traceparent")).contains(TRACE);
    }

    @Test
    void stompBytesAreRead() {
        var body = "{\"id\":\"" + topic + "\",\"payload\":\"\u00e4\"}";
        try (var stomp = Stomp.connect(program.busPort(), "bus", Program.BUS_PASSWORD)) {
            stomp.send(
                    "/topic/decnet.bus",
                    body,
                    "topic:" + topic + ".seen",
                    "content-length:" + body.getBytes(StandardCharsets.UTF_8).length);
        }
        assertThat(delivered().getString("payload")).isEqualTo("\u00e4");
        assertThat(delivered().getString("id")).isEqualTo(topic);
    }

    @Test
    void amqpTextIsRead() throws JMSException {
        var sent = sendByAmqp("decnet." + topic + ".seen", amqp -> {
            var message = amqp.createTextMessage("{\"n\":1}");
            message.setStringProperty("event_type", "scan");
            message.setStringProperty("traceparent", TRACE);
            return message;
        });
        var event = delivered();
        assertThat(event.getJsonObject("payload").getInt("n")).isEqualTo(1);
        assertThat(event.getString("type")).isEqualTo("scan");
        assertThat(event.getString("id")).isEqualTo(sent.getJMSMessageID());
        assertThat(Instant.parse(event.getString("ts")).toEpochMilli()).isEqualTo(sent.getJMSTimestamp());
        assertThat(came().header("traceparent")).contains(TRACE);
    }

    @Test
    void amqpBytesAreRead() throws JMSException {
        sendByAmqp("decnet.bus", amqp -> {
            var message = amqp.createBytesMessage();
            message.writeBytes(("{\"id\":\"" + topic + "\",\"payload\":\"\u00e4\"}").getBytes(StandardCharsets.UTF_8));
            message.setStringProperty("topic", topic + ".seen");
            return message;
        });
        assertThat(delivered().getString("payload")).isEqualTo("\u00e4");
        assertThat(delivered().getString("id")).isEqualTo(topic);
    }

    /** Makes a message in a session of AMQP 1.0. */
    private interface Maker {
        Message make(JMSContext amqp) throws JMSException;
    }

    private Message sendByAmqp(String destination, Maker maker) throws JMSException {
        var factory = new JmsConnectionFactory("amqp://127.0.0.1:" + program.busPort());
        try (var amqp = factory.createContext("bus", Program.BUS_PASSWORD)) {
            var message = maker.make(amqp);
            amqp.createProducer().send(amqp.createTopic(destination), message);
            return message;
        }
    }

    @Test
    void nulsAreCarriedInPayloadAndTypeAndAnIdWithOneGivesWay() throws JMSException {
        var sent = send("{\"id\":\"a\\u0000b\",\"type\":\"c\\u0000d\",\"payload\":{\"\\u0000\":\"e\\u0000f\"}}");
        assertThat(text(came())).contains("\"payload\":{\"\\u0000\":\"e\\u0000f\"}", "\"type\":\"c\\u0000d\"");
        assertThat(delivered().getString("id")).isEqualTo(sent.getJMSMessageID());
    }

    @Test
    void whatIsPublishedByTheApiComesThroughTheBus() {
        var id = UUID.randomUUID().toString();
        program.object(
                "POST",
                "/events",
                "{\"topic\":\"" + topic + ".seen\",\"id\":\"" + id
                        + "\",\"type\":\"t\",\"ts\":\"2026-04-24T20:24:33.1Z\",\"payload\":{\"n\":1.0}}");
        assertThat(text(came()))
                .isEqualTo("{\"id\":\"" + id + "\",\"payload\":{\"n\":1.0},\"topic\":\"" + topic
                        + ".seen\",\"ts\":\"2026-04-24T20:24:33.100Z\",\"type\":\"t\",\"v\":1}");
    }
}
