package io.decnet.webhook.embeddedbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.testing.ScriptedReceiver;
import jakarta.jms.JMSContext;
import jakarta.jms.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String PASSWORD = "bus-password-1234";

    @TempDir
    Path directory;

    @Test
    void comesBackWithItsMessagesAfterItsDiskHasFailedIt() throws IOException {
        int port;
        try (var free = ScriptedReceiver.listening(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> values = Map.of(
                "decnet.webhook.data-dir", directory.toString(), "decnet.webhook.bus-port", Integer.toString(port));
        var broker =
                EmbeddedBroker.start(Settings.read(property -> Optional.ofNullable(values.get(property))), PASSWORD);
        try {
            onBus(port, (context, topic) -> {
                context.createSharedDurableConsumer(topic, "test").close();
                context.createProducer().send(topic, "kept");
            });
            var failed = broker.server();
            failed.getIoCriticalErrorListener()
                    .onIOException(new IOException("No space left on device"), "as a full disk does", "journal");
            await().atMost(Duration.ofMinutes(1)).until(() -> broker.server() != failed);
            onBus(
                    port,
                    (context, topic) -> assertThat(context.createSharedDurableConsumer(topic, "test")
                                    .receiveBody(String.class, 60_000))
                            .isEqualTo("kept"));
        } finally {
            broker.stop();
        }
    }

    private static void onBus(int port, BiConsumer<JMSContext, Topic> work) {
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
                var context = factory.createContext("bus", PASSWORD)) {
            work.accept(context, context.createTopic("decnet.test"));
        }
    }
}
