package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Publishes numbered events of one topic and remembers those whose {@code send()} returned: the broker has promised to
 * keep them. When a send fails its event is nobody's promise; the next one is sent over a new connection.
 */
final class Load implements AutoCloseable {
    private static final Duration NO_PAUSE = Duration.ZERO;

    private final String url;
    private final String topic;
    private final Duration pause;
    private final int most;
    private final ConcurrentMap<String, Instant> promised = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;

    private Load(String url, String topic, int most, Duration pause) {
        this.url = url;
        this.topic = topic;
        this.most = most;
        this.pause = pause;
        thread = new Thread(this::run, "load-" + topic);
        thread.setDaemon(true);
    }

    /** So many events, as fast as the broker takes them. */
    static Load burst(String url, String topic, int events) {
        return new Load(url, topic, events, NO_PAUSE).begin();
    }

    /** So many events a second until it is ended. */
    static Load steady(String url, String topic, int perSecond) {
        return later(url, topic, perSecond).begin();
    }

    /** The same, once it is told to begin. */
    static Load later(String url, String topic, int perSecond) {
        return new Load(url, topic, Integer.MAX_VALUE, Duration.ofSeconds(1).dividedBy(perSecond));
    }

    Load begin() {
        thread.start();
        return this;
    }

    private void run() {
        while (!ended()) {
            try (var factory = new ActiveMQConnectionFactory(url + "?reconnectAttempts=0&callTimeout=5000");
                    var context = factory.createContext("bus", Program.BUS_PASSWORD)) {
                var producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
                var destination = context.createTopic("decnet." + topic);
                while (!ended()) {
                    send(context, producer, destination);
                    rest(pause);
                }
            } catch (JMSRuntimeException e) {
                failed.incrementAndGet();
                rest(Duration.ofMillis(200));
            }
        }
    }

    private boolean ended() {
        return ending.getCount() == 0 || promised.size() >= most;
    }

    private void send(JMSContext context, JMSProducer producer, Topic destination) {
        var began = Instant.now();
        var id = topic.replace('.', '-') + "-" + number.incrementAndGet();
        producer.send(
                destination,
                context.createTextMessage("{\"v\":1,\"id\":\"" + id + "\",\"type\":\"load\",\"payload\":{\"n\":"
                        + number.get() + ",\"text\":\"" + "x".repeat(200) + "\"}}"));
        promised.put(id, began);
    }

    private void rest(Duration time) {
        try {
            if (ending.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.countDown();
        }
    }

    String topic() {
        return topic;
    }

    int sent() {
        return promised.size();
    }

    /** How often it could not connect or send. */
    int failed() {
        return failed.get();
    }

    void awaitSent(int events) {
        await().atMost(Program.PATIENCE).until(() -> promised.size() >= events);
    }

    /** Waits until all of the burst is sent. */
    Load finished() {
        await().atMost(Program.PATIENCE.multipliedBy(3)).until(() -> !thread.isAlive());
        return this;
    }

    /** Ends the load, and returns once the last send has. */
    Load end() {
        ending.countDown();
        return finished();
    }

    /** The promised events, and when their {@code send()} was called. */
    Map<String, Instant> promised() {
        return Map.copyOf(promised);
    }

    List<String> missingAt(Witness witness) {
        return promised.keySet().stream()
                .filter(id -> !witness.has(id))
                .sorted()
                .toList();
    }

    /** Every promised event comes to every one of them, under one {@code webhook-id} each. */
    void allArriveAt(List<Witness> witnesses) {
        for (Witness witness : witnesses) {
            await().atMost(Program.PATIENCE.multipliedBy(3)).until(() -> missingAt(witness), List::isEmpty);
            assertThat(witness.renamed()).as("events with two webhook ids").isEmpty();
        }
    }

    @Override
    public void close() {
        ending.countDown();
    }
}
