package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.junit.jupiter.api.Test;

/** What cannot be read is kept with its reason and the start of its body, counted, and in nobody's way. */
@OnBothDatabases
class UnreadableMessagesIT {
    private static final String REJECTED = "decnet_events_total{result=\"rejected\"}";
    private static final String LONG = "\"" + "x".repeat(2 << 20) + "\"";
    private static final int KEPT_BYTES = 64 * 1024;

    private final Program program;
    private final Installation installation;
    private final String topic = Installation.freshTopic();

    UnreadableMessagesIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
    }

    private static BytesMessage bytes(JMSContext bus, byte[] content) {
        try {
            var message = bus.createBytesMessage();
            message.writeBytes(content);
            return message;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends it and then a good one; answers what is told of the first, after the second was delivered. */
    private JsonObject rejected(String destination, Function<JMSContext, Message> message) {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            var before = program.metric(REJECTED);
            var id = send(destination, message);
            program.publish(topic + ".good", "{\"n\":1}");
            await().atMost(Program.PATIENCE).until(() -> receiver.texts().size() == 1);
            await().atMost(Program.PATIENCE)
                    .untilAsserted(() -> assertThat(program.metric(REJECTED)).isEqualTo(before + 1));
            assertThat(receiver.texts().get(0)).contains("\"n\":1");
            assertThat(installation.deliveries(webhook, "1 = 1")).isEqualTo(1);
            return program.object("GET", "/rejected-events", "").getJsonArray("items").stream()
                    .map(JsonObject.class::cast)
                    .filter(row -> row.getString("message_id").equals(id))
                    .reduce((one, another) -> {
                        throw new AssertionError("rejected twice: " + another);
                    })
                    .orElseThrow();
        }
    }

    private String send(String destination, Function<JMSContext, Message> message) {
        var id = new StringBuilder();
        program.onBus(bus -> {
            try {
                var sent = message.apply(bus);
                bus.createProducer().send(bus.createTopic(destination), sent);
                id.append(sent.getJMSMessageID());
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });
        return id.toString();
    }

    private JsonObject rejected(Function<JMSContext, Message> message) {
        return rejected("decnet." + topic + ".bad", message);
    }

    @Test
    void aBodyThatIsNotJson() {
        var row = rejected(bus -> bus.createTextMessage("not json"));
        assertThat(row.getString("reason")).startsWith("the body is not JSON: ");
        assertThat(row.getString("body")).isEqualTo("not json");
        assertThat(row.getString("destination")).isEqualTo("decnet." + topic + ".bad");
    }

    @Test
    void aBodyThatGoesOnAfterItsJson() {
        var row = rejected(bus -> bus.createTextMessage("{\"payload\":1} {\"payload\":2}"));
        assertThat(row.getString("reason")).isEqualTo("the body goes on after its JSON value");
    }

    @Test
    void anEmptyBody() {
        assertThat(rejected(JMSContext::createTextMessage).getString("reason")).isEqualTo("the body is empty");
    }

    @Test
    void bytesThatAreNotUtf8() {
        var row = rejected(bus -> bytes(bus, new byte[] {'"', (byte) 0xC3, '"'}));
        assertThat(row.getString("reason")).isEqualTo("the body is not UTF-8");
    }

    @Test
    void aMessageWithoutATopic() {
        var row = rejected("decnet.bus", bus -> bus.createTextMessage("{\"topic\":\"" + topic + ".body\"}"));
        assertThat(row.getString("reason"))
                .isEqualTo("the message has no topic: property \"topic\" is missing or empty");
        assertThat(row.getString("body")).contains(topic + ".body");
    }

    @Test
    void aMessageWithAnEmptyTopic() {
        var row = rejected("decnet.bus", bus -> withTopic(bus, ""));
        assertThat(row.getString("reason"))
                .isEqualTo("the message has no topic: property \"topic\" is missing or empty");
    }

    @Test
    void aMessageWithABadTopic() {
        var row = rejected("decnet.bus", bus -> withTopic(bus, topic + "..seen"));
        assertThat(row.getString("reason")).isEqualTo("bad topic: it has an empty token");
    }

    private static Message withTopic(JMSContext bus, String topic) {
        try {
            var message = bus.createTextMessage("{\"n\":0}");
            message.setStringProperty("topic", topic);
            return message;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anObjectMessageWhichIsNeverOpened() {
        var row = rejected(bus -> bus.createObjectMessage("serialized"));
        assertThat(row.getString("reason"))
                .isEqualTo("only TextMessage and BytesMessage are read, this is ObjectMessage");
        assertThat(row.getString("body")).isEmpty();
    }

    @Test
    void aMapMessage() {
        assertThat(rejected(JMSContext::createMapMessage).getString("reason"))
                .isEqualTo("only TextMessage and BytesMessage are read, this is MapMessage");
    }

    @Test
    void aStreamMessage() {
        assertThat(rejected(JMSContext::createStreamMessage).getString("reason"))
                .isEqualTo("only TextMessage and BytesMessage are read, this is StreamMessage");
    }

    @Test
    void aMessageWithoutABody() {
        assertThat(rejected(JMSContext::createMessage).getString("reason"))
                .isEqualTo("only TextMessage and BytesMessage are read, this is a message without a body");
    }

    @Test
    void aTextWithTheBodyOfNone() {
        assertThat(rejected(bus -> garbage(bus, ClientMessage.TEXT_TYPE)).getString("reason"))
                .startsWith("the body is not JSON");
    }

    @Test
    void aMapWithTheBodyOfNone() {
        assertThat(rejected(bus -> garbage(bus, ClientMessage.MAP_TYPE)).getString("reason"))
                .isEqualTo("only TextMessage and BytesMessage are read, this is MapMessage");
    }

    @Test
    void bytesThatCannotBeUnpacked() {
        var row = rejected(bus -> {
            var message = garbage(bus, ClientMessage.BYTES_TYPE);
            core(message).putBooleanProperty(ClientMessage.HDR_LARGE_COMPRESSED, true);
            core(message).putLongProperty(ClientMessage.HDR_LARGE_BODY_SIZE, 100);
            return message;
        });
        assertThat(row.getString("reason")).startsWith("the body is not what its kind of message has: ");
    }

    /** Says that it is of this type, and has a length of two thousand million. */
    private static Message garbage(JMSContext bus, byte type) {
        var message = bytes(bus, new byte[] {1, 0x7f, 0x7f, 0x7f, 0x7f, 2, 3});
        core(message).setType(type);
        return message;
    }

    private static ClientMessage core(Message message) {
        return ((ActiveMQMessage) message).getCoreMessage();
    }

    @Test
    void aTextOfTwoMebibytes() {
        keepsTheStart(rejected(bus -> bus.createTextMessage(LONG)));
    }

    @Test
    void twoMebibytesOfBytes() {
        keepsTheStart(rejected(bus -> bytes(bus, LONG.getBytes(StandardCharsets.UTF_8))));
    }

    private static void keepsTheStart(JsonObject row) {
        assertThat(row.getString("reason")).isEqualTo("the message has 2097154 bytes, more than 1048576");
        assertThat(row.getString("body")).isEqualTo(LONG.substring(0, KEPT_BYTES));
    }

    @Test
    void anEventUnderOurOwnTopic() {
        var row = rejected("decnet.system.webhook.tripped", bus -> bus.createTextMessage("{\"payload\":{}}"));
        assertThat(row.getString("reason"))
                .isEqualTo("topics under system.webhook. are our own: system.webhook.tripped");
        assertThat(program.call("POST", "/events", "{\"topic\":\"system.webhook.tripped\",\"payload\":1}")
                        .statusCode())
                .isEqualTo(422);
    }
}
