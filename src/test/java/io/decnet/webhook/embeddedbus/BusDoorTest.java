package io.decnet.webhook.embeddedbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.config.BadSetting;
import io.decnet.webhook.config.BusTls;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.testing.Authority;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.Stomp;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.config.ActiveMQDefaultConfiguration;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.config.federation.FederationDownstreamConfiguration;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.CreateQueueMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.FederationDownstreamConnectMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in at the port of the embedded broker, with TLS and without, and what it does before a login: nothing. */
@Timeout(240)
class BusDoorTest {
    private static final String PASSWORD = "bus-password-1234";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path certificates;

    private static Authority ours;
    private static Authority others;
    private static Path key;
    private static Path clientKey;
    private static Path strangersKey;

    @TempDir
    Path directory;

    private Optional<EmbeddedBroker> broker = Optional.empty();
    private int port;

    @BeforeAll
    static void issue() {
        ours = Authority.made(certificates, "ours");
        others = Authority.made(certificates, "others");
        key = ours.issue("bus", "ip:127.0.0.1");
        clientKey = ours.issue("decky", "dns:decky.example");
        strangersKey = others.issue("stranger", "dns:decky.example");
    }

    @AfterEach
    void stop() {
        broker.ifPresent(EmbeddedBroker::stop);
    }

    private void start(Map<String, String> settings) throws IOException {
        try (var free = ScriptedReceiver.listening(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> values = new HashMap<>(settings);
        values.put("decnet.webhook.data-dir", directory.toString());
        values.put("decnet.webhook.bus-port", Integer.toString(port));
        broker = Optional.of(EmbeddedBroker.start(read(values), PASSWORD));
    }

    private static Settings read(Map<String, String> values) {
        return Settings.read(property -> Optional.ofNullable(values.get(property)));
    }

    private static Map<String, String> tls() {
        return Map.of(
                "decnet.webhook.bus-tls-keystore",
                key.toString(),
                "decnet.webhook.bus-tls-keystore-password",
                Authority.PASSWORD);
    }

    private static Map<String, String> tlsForCertifiedClients() {
        Map<String, String> settings = new HashMap<>(tls());
        settings.put("decnet.webhook.bus-tls-truststore", ours.trustStore().toString());
        settings.put("decnet.webhook.bus-tls-truststore-password", Authority.PASSWORD);
        return settings;
    }

    private static String trusting(Authority authority) {
        return "?sslEnabled=true&verifyHost=true&trustStoreType=PKCS12&trustStorePath=" + authority.trustStore()
                + "&trustStorePassword=" + Authority.PASSWORD;
    }

    private static String showing(Path store) {
        return "&keyStoreType=PKCS12&keyStorePath=" + store + "&keyStorePassword=" + Authority.PASSWORD;
    }

    /** Sends a message and takes it back. */
    private void sendAndReceive(String parameters) throws JMSException {
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + parameters);
                var connection = factory.createConnection("bus", PASSWORD);
                var session = connection.createSession()) {
            connection.start();
            var topic = session.createTopic("decnet.test");
            var consumer = session.createConsumer(topic);
            session.createProducer(topic).send(session.createTextMessage("over the wire"));
            assertThat(consumer.receive(PATIENCE.toMillis()).getBody(String.class))
                    .isEqualTo("over the wire");
        }
    }

    private void requireShutOut(String parameters) {
        var impatient = parameters + (parameters.isEmpty() ? "?" : "&") + "callTimeout=3000";
        assertThatThrownBy(() -> sendAndReceive(impatient)).isInstanceOf(JMSException.class);
    }

    @Test
    void speaksTlsToThoseWhoTrustIt() throws Exception {
        start(tls());
        sendAndReceive(trusting(ours));
        requireShutOut(trusting(others));
        requireShutOut("");
    }

    @Test
    void talksToNoClientWithoutACertificateWhenItIsToldWhoSignsThem() throws Exception {
        start(tlsForCertifiedClients());
        sendAndReceive(trusting(ours) + showing(clientKey));
        requireShutOut(trusting(ours));
        requireShutOut(trusting(ours) + showing(strangersKey));
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeAreRefusedByName() throws IOException {
        var text = Files.writeString(directory.resolve("text.p12"), "not a key store");
        for (var bad : List.of(
                Map.of("keystore", "/nowhere/bus.p12"),
                Map.of("keystore", text.toString()),
                Map.of("keystore", key.toString(), "keystore-password", "wrong-password"),
                Map.of("keystore", ours.trustStore().toString(), "keystore-password", Authority.PASSWORD),
                Map.of(
                        "keystore",
                        key.toString(),
                        "keystore-password",
                        Authority.PASSWORD,
                        "truststore",
                        "/nowhere/clients.p12"))) {
            Map<String, String> settings = new HashMap<>();
            bad.forEach((name, value) -> settings.put("decnet.webhook.bus-tls-" + name, value));
            assertThatExceptionOfType(BadSetting.class)
                    .as(bad.toString())
                    .isThrownBy(() -> read(settings).busTls().ifPresent(BusTls::requireUsable))
                    .withMessageStartingWith("decnet.webhook.bus-tls-" + (bad.size() == 3 ? "trust" : "key") + "store=")
                    .withMessageNotContainingAny("wrong-password", "\n");
        }
    }

    @Test
    void theUserOfClustersHasNoKnownPassword() throws IOException {
        start(Map.of());
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port)) {
            assertThatThrownBy(() -> factory.createConnection(
                            ActiveMQDefaultConfiguration.getDefaultClusterUser(),
                            ActiveMQDefaultConfiguration.getDefaultClusterPassword()))
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining("Unable to authenticate cluster user");
        }
    }

    @Test
    void nobodyMakesAQueueWithoutALogin() throws Exception {
        start(Map.of());
        unasked(1, new CreateQueueMessage(QueueConfiguration.of("planted").setAddress("decnet.planted"), false));
        assertThat(broker.orElseThrow().server().locateQueue(SimpleString.of("planted")))
                .isNull();
    }

    @Test
    void nobodyMakesItConnectToABrokerOfTheirs() throws Exception {
        start(Map.of());
        try (var theirs = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var stream = new FederationDownstreamConfiguration();
            stream.setName("planted");
            stream.setUpstreamConfiguration(new TransportConfiguration(
                    NettyConnectorFactory.class.getName(),
                    Map.of("host", "127.0.0.1", "port", Integer.toString(theirs.port())),
                    "theirs"));
            stream.getConnectionConfiguration().setStaticConnectors(List.of("theirs"));
            var connect = new FederationDownstreamConnectMessage();
            connect.setName("planted");
            connect.setStreamConfiguration(stream);
            connect.setFederationPolicyMap(Map.of());
            connect.setTransformerConfigurationMap(Map.of());
            unasked(0, connect);
            assertThat(theirs.connections()).isZero();
        }
    }

    /** Sends what no login has gone before, and waits until the broker has hung up. */
    private void unasked(int channel, Packet packet) throws Exception {
        try (var locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port + "?reconnectAttempts=0");
                var factory = locator.createSessionFactory()) {
            var connection = (CoreRemotingConnection) factory.getConnection();
            connection.getChannel(channel, -1).send(packet);
            await().atMost(PATIENCE).until(factory::isClosed, closed -> closed || connection.isDestroyed());
        }
    }

    @Test
    void aSessionIsNotHandedOverToWhoKnowsItsName() throws Exception {
        start(Map.of());
        try (var locator =
                        ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port + "?confirmationWindowSize=1024");
                var owners = locator.createSessionFactory();
                var session = owners.createSession("bus", PASSWORD, false, true, true, false, 1);
                var thiefs = locator.createSessionFactory()) {
            var channel = ((CoreRemotingConnection) thiefs.getConnection()).getChannel(1, -1);
            var name = broker.orElseThrow().server().getSessions().stream()
                    .filter(open -> open.getUsername().equals("bus"))
                    .findFirst()
                    .orElseThrow()
                    .getName();
            var answer = channel.sendBlocking(new ReattachSessionMessage(name, -1), PacketImpl.REATTACH_SESSION_RESP);
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            ReattachSessionResponseMessage.class,
                            told -> assertThat(told.isReattached()).isFalse());
            assertThat(session.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT\nlogin:x\ncontent-length:2000000000\n\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000000\r\n\r\n",
                "\u007f\u0000\u0000\u0000"
            })
    void whoeverHasNotLoggedInHasLittleToSay(String begin) throws Exception {
        start(Map.of());
        try (var stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            stranger.setSoTimeout((int) Strangers.PATIENCE_SECONDS * 500);
            stranger.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(isHungUpOn(stranger)).isTrue();
        }
        sendAndReceive("");
    }

    private static boolean isHungUpOn(Socket talker) throws IOException {
        try {
            for (int sent = 0; sent < 32 * Strangers.MOST_BYTES; sent += 8192) {
                talker.getOutputStream().write(new byte[8192]);
            }
            return talker.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void ofTooManyWhoDoNotLogInTheEldestGoes() throws Exception {
        start(Map.of());
        List<Socket> open = new ArrayList<>();
        try (var stomp = Stomp.connect(port, "bus", PASSWORD)) {
            for (int i = 0; i <= Strangers.AT_ONCE; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            // Before its time is over.
            open.get(0).setSoTimeout((int) Strangers.PATIENCE_SECONDS * 500);
            assertThat(open.get(0).getInputStream().read()).isEqualTo(-1);
            stomp.send("decnet.test", "{}".repeat(Strangers.MOST_BYTES));
            sendAndReceive("");
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aPriorityThatIsNoneStopsNoQueue() throws Exception {
        start(Map.of());
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
                var connection = factory.createConnection("bus", PASSWORD);
                var session = connection.createSession();
                var stomp = Stomp.connect(port, "bus", PASSWORD)) {
            var topic = session.createTopic("decnet.test");
            session.createSharedDurableConsumer(topic, "kept").close();
            for (var priority : List.of("99", "-1", "4")) {
                stomp.send("decnet.test", "{}", "priority:" + priority);
            }
            connection.start();
            var consumer = session.createSharedDurableConsumer(topic, "kept");
            for (int i = 0; i < 3; i++) {
                assertThat(consumer.receive(PATIENCE.toMillis())).isNotNull();
            }
        }
    }

    @Test
    void aMessageOfAmqpThatCannotBeHandedOutIsRefusedAndStopsNoQueue() throws Exception {
        start(Map.of());
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
                var connection = factory.createConnection("bus", PASSWORD);
                var session = connection.createSession();
                var amqp = new JmsConnectionFactory("amqp://127.0.0.1:" + port).createContext("bus", PASSWORD)) {
            var consumer = session.createSharedDurableConsumer(session.createTopic("decnet.test"), "kept");
            connection.start();
            var topic = amqp.createTopic("decnet.test");
            var nested = amqp.createObjectMessage(new ArrayList<>(List.of(new ArrayList<>(List.of("x")))));
            nested.setBooleanProperty("JMS_AMQP_TYPED_ENCODING", true);
            var longer = amqp.createBytesMessage();
            longer.writeBytes(new byte[(int) AmqpMessages.MOST_BYTES]);
            for (Message bad : List.of(nested, longer)) {
                assertThatThrownBy(() -> amqp.createProducer().send(topic, bad))
                        .isInstanceOf(JMSRuntimeException.class)
                        .hasMessageContaining("the message is refused");
            }
            amqp.createProducer().send(topic, "{}");
            assertThat(consumer.receive(PATIENCE.toMillis()).getBody(String.class))
                    .isEqualTo("{}");
        }
    }

    @Test
    void groupsOfMessagesAreNotRememberedForEver() throws Exception {
        start(Map.of());
        int groups = 2 * BrokerConfiguration.GROUPS;
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
                var context = factory.createContext("bus", PASSWORD);
                var consumer = context.createSharedDurableConsumer(context.createTopic("decnet.test"), "kept")) {
            for (int i = 0; i < groups; i++) {
                context.createProducer()
                        .setProperty("JMSXGroupID", "session-" + i)
                        .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                        .send(context.createTopic("decnet.test"), "{}");
            }
            for (int i = 0; i < groups; i++) {
                assertThat(consumer.receive(PATIENCE.toMillis())).isNotNull();
            }
            assertThat(broker.orElseThrow()
                            .server()
                            .locateQueue(SimpleString.of("kept"))
                            .getGroupCount())
                    .isBetween(1, BrokerConfiguration.GROUPS);
        }
    }
}
