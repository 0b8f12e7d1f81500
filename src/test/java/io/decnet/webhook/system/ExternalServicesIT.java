package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.config.ActiveMQDefaultConfiguration;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program on a PostgreSQL and an Artemis that were set up with the files of {@code server-config} for it. */
@Timeout(600)
class ExternalServicesIT {
    private static final Path FILES = Path.of("server-config");
    private static final String PASSWORD = "a-password-of-both";

    @TempDir
    Path directory;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private EmbeddedPostgres postgres;
    private String brokerUrl;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Files.createDirectories(directory.resolve("postgres")).toFile())
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var command :
                    file("postgresql.sql").replace("replace-me", PASSWORD).split(";", -1)) {
                if (command.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--"))) {
                    statement.execute(command);
                }
            }
        }
        startBroker();
    }

    private void startBroker() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.setProperty("decnet.broker.port", Integer.toString(socket.getLocalPort()));
            brokerUrl = "tcp://127.0.0.1:" + socket.getLocalPort();
        }
        System.setProperty("decnet.broker.data", directory.resolve("broker").toString());
        broker.setConfigResourcePath(FILES.resolve("broker.xml").toUri().toString());
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users()));
        broker.start();
    }

    private static SecurityConfiguration users() throws Exception {
        var users = new SecurityConfiguration();
        var roles = new Properties();
        try (var reader = Files.newBufferedReader(FILES.resolve("artemis-roles.properties"))) {
            roles.load(reader);
        }
        roles.forEach((role, names) -> {
            for (var name : Stream.of(names.toString().split(",", -1))
                    .filter(name -> !name.isEmpty())
                    .toList()) {
                users.addUser(name, PASSWORD);
                users.addRole(name, role.toString());
            }
        });
        return users;
    }

    private static String file(String name) throws Exception {
        return Files.readString(FILES.resolve(name));
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        postgres.close();
    }

    private Map<String, String> settings() {
        return Map.of(
                "DECNET_WEBHOOK_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/decnet",
                "DECNET_WEBHOOK_DATABASE_USER",
                "decnet",
                "DECNET_WEBHOOK_DATABASE_PASSWORD",
                PASSWORD,
                "DECNET_WEBHOOK_SECRET_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "DECNET_WEBHOOK_BUS_URL",
                brokerUrl,
                "DECNET_WEBHOOK_BUS_USER",
                "decnet",
                "DECNET_WEBHOOK_BUS_PASSWORD",
                PASSWORD);
    }

    private JMSContext connected(ActiveMQConnectionFactory factory, String user) {
        return factory.createContext(user, PASSWORD);
    }

    @Test
    void takeOverByConfigurationAlone() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok());
                var program = Program.ready(directory, settings());
                var factory = new ActiveMQConnectionFactory(brokerUrl);
                var decky = connected(factory, "decky")) {
            var webhook = program.subscribe("a", receiver.url("/"), "\"attacker.>\"", "");
            var topic = decky.createTopic("decnet.attacker.seen");
            decky.createProducer().send(topic, "{\"n\":1}");
            program.object("POST", "/events", "{\"topic\":\"attacker.told\",\"payload\":2}");
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 2);
            assertThat(receiver.requests())
                    .extracting(request -> new String(request.body(), StandardCharsets.UTF_8))
                    .anyMatch(body -> body.contains("\"payload\":{\"n\":1},\"topic\":\"attacker.seen\""))
                    .anyMatch(body -> body.contains("\"payload\":2,\"topic\":\"attacker.told\""));
            assertThat(program.webhook(webhook).getString("state")).isEqualTo("active");
            assertThat(directory.resolve("data/db")).doesNotExist();
            assertThat(directory.resolve("data/broker")).doesNotExist();
            assertThatThrownBy(() -> decky.createConsumer(topic)).isInstanceOf(JMSSecurityRuntimeException.class);
            assertThatThrownBy(() -> factory.createContext().start()).isInstanceOf(JMSSecurityRuntimeException.class);
            assertThatThrownBy(() -> factory.createContext(
                            ActiveMQDefaultConfiguration.getDefaultClusterUser(),
                            ActiveMQDefaultConfiguration.getDefaultClusterPassword()))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }
}
