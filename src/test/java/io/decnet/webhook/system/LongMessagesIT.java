package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages longer than the memory of the program, plain and packed: each is rejected by its length and leaves room for those that come after. */
@Timeout(400)
class LongMessagesIT {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final int CHUNK = 1 << 20;

    /** The program has 512 MiB. */
    private static final int CHUNKS = 400;

    private static final int HEAD = 5;

    @TempDir
    static Path directory;

    private static Program program;

    @BeforeAll
    static void start() {
        program = Program.ready(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    /** As it is on the wire, with two bytes a character; its head says that there is a text, and how long it is. */
    private static InputStream text(int chunks) {
        var head = new byte[HEAD];
        head[0] = 1;
        return new SequenceInputStream(new ByteArrayInputStream(head), repeated("x\0", chunks));
    }

    private static InputStream repeated(String pattern, int chunks) {
        var chunk = pattern.repeat(CHUNK / pattern.length()).getBytes(StandardCharsets.US_ASCII);
        Stream<InputStream> all = IntStream.range(0, chunks).mapToObj(i -> new ByteArrayInputStream(chunk));
        return new SequenceInputStream(Collections.enumeration(all.toList()));
    }

    /** Streams it, so that the test itself need not hold it; packed, it is small enough to come in one piece. */
    private static void send(String topic, byte type, InputStream body, boolean packed) {
        try (var locator = ActiveMQClient.createServerLocator(program.busUrl())
                        .setCompressLargeMessage(packed)
                        .setCallTimeout(Program.PATIENCE.toMillis());
                var factory = locator.createSessionFactory();
                var session = factory.createSession("bus", Program.BUS_PASSWORD, false, true, true, false, 1);
                var producer = session.createProducer("decnet." + topic)) {
            var message = session.createMessage(type, true);
            message.setRoutingType(RoutingType.MULTICAST);
            message.setBodyInputStream(body);
            producer.send(message);
        } catch (ActiveMQException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(topic, e);
        }
    }

    private static List<JsonObject> rejected(String topic) {
        return program.object("GET", "/rejected-events", "").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("destination").equals("decnet." + topic))
                .toList();
    }

    private static void requireRejected(String topic, int length, char start) {
        await().atMost(Program.PATIENCE).until(() -> !rejected(topic).isEmpty());
        var row = rejected(topic).get(0);
        assertThat(row.getString("reason")).isEqualTo("the message has " + length + " bytes, more than 1048576");
        assertThat(row.getString("body")).isEqualTo(String.valueOf(start).repeat(KEPT_BYTES));
    }

    @Test
    void areRejectedAndCostNoMemory() {
        send("long.text", Message.TEXT_TYPE, text(CHUNKS), false);
        send("long.bytes", Message.BYTES_TYPE, repeated("y", CHUNKS), false);
        send("long.text.packed", Message.TEXT_TYPE, text(CHUNKS), true);
        send("long.bytes.packed", Message.BYTES_TYPE, repeated("y", CHUNKS), true);
        send("long.map", Message.MAP_TYPE, repeated("z", CHUNKS), false);
        requireRejected("long.text", CHUNKS * CHUNK / 2, 'x');
        requireRejected("long.bytes", CHUNKS * CHUNK, 'y');
        requireRejected("long.text.packed", CHUNKS * CHUNK / 2, 'x');
        requireRejected("long.bytes.packed", CHUNKS * CHUNK, 'y');
        await().atMost(Program.PATIENCE).until(() -> !rejected("long.map").isEmpty());
        assertThat(rejected("long.map").get(0).getString("reason"))
                .isEqualTo("only TextMessage and BytesMessage are read, this is MapMessage");
        assertThat(program.log()).doesNotContain("OutOfMemory", "event.not-taken");
    }

    @Test
    void aPackedTextThatIsShortEnoughIsAnEvent() {
        var before = program.metric("decnet_events_total{result=\"unmatched\"}");
        var json = "\"" + "é".repeat(300_000) + "\"";
        program.onBusAt(
                "?compressLargeMessage=true", bus -> bus.createProducer().send(bus.createTopic("decnet.packed"), json));
        await().atMost(Program.PATIENCE)
                .until(() -> program.metric("decnet_events_total{result=\"unmatched\"}") > before);
        assertThat(rejected("packed")).isEmpty();
    }

    @Test
    void whatASenderSaysOfPackingIsNotBelieved() {
        var before = program.metric("decnet_events_total{result=\"unmatched\"}");
        sendSaying("said.packed", true);
        sendSaying("said.number", 5);
        program.publish("said.after", "1");
        await().atMost(Program.PATIENCE)
                .until(() -> program.metric("decnet_events_total{result=\"unmatched\"}") >= before + 3);
        assertThat(program.log()).doesNotContain("AMQ214013", "event.not-taken");
    }

    private static void sendSaying(String topic, Object packed) {
        program.onBusAt("", bus -> {
            var message = bus.createTextMessage("1");
            ((ActiveMQMessage) message).getCoreMessage().putObjectProperty(Message.HDR_LARGE_COMPRESSED, packed);
            bus.createProducer().send(bus.createTopic("decnet." + topic), message);
        });
    }
}
