package io.decnet.webhook.bus;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.Deed;
import io.decnet.webhook.subscription.SubscriptionsChanged;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConnectionFactoryDefinition;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Publishes on the bus: events from the API, and the hint that subscriptions have changed. */
@ApplicationScoped
@JMSConnectionFactoryDefinition(
        name = "java:app/jms/bus",
        interfaceName = "jakarta.jms.ConnectionFactory",
        resourceAdapter = "bus",
        transactional = false,
        properties = "org.glassfish.connector-connection-pool.transaction-support=NoTransaction",
        maxPoolSize = 16,
        minPoolSize = 1)
public class BusPublisher {
    private static final Logger LOG = System.getLogger(BusPublisher.class.getName());

    @Resource(lookup = "java:app/jms/bus")
    ConnectionFactory connections;

    @Resource
    ManagedExecutorService executor;

    @Inject
    Settings settings;

    @Inject
    AuditLog audit;

    /** The broker did not take the message. */
    public static final class NotPublished extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotPublished(JMSRuntimeException cause) {
            super("the broker cannot be reached: " + cause.getMessage(), cause);
        }
    }

    /**
     * The member {@code payload} of a JSON object as it will be delivered: keys sorted, numbers as they were written.
     *
     * @throws IllegalArgumentException with the reason, when it is nested too deep; when there is no such member
     */
    public static String payloadOf(String object) {
        return CanonicalJson.read(object)
                .members()
                .map(members -> members.get("payload"))
                .orElseThrow(() -> new IllegalArgumentException("there is no payload"))
                .text();
    }

    /**
     * Publishes an event as the envelope; it comes back through the bus like any other.
     *
     * @param payload JSON text
     * @throws NotPublished when the broker does not take it, also not on a new connection
     */
    @Retry(maxRetries = 1, delay = 0, jitter = 0, retryOn = NotPublished.class)
    public void publish(String topic, String payload, String type, String id, Instant ts) {
        // Before the message: nothing goes out that nobody answers for.
        audit.append(Deed.of("event.publish", topic, id));
        String rest = Json.createObjectBuilder()
                .add("id", id)
                .add("ts", ts.toString())
                .add("type", type)
                .add("v", 1)
                .build()
                .toString();
        try {
            // Put in as text: a JSON object of the platform would write 1e3 as 1E+3.
            send(topic, "{\"payload\":" + payload + "," + rest.substring(1));
        } catch (JMSRuntimeException e) {
            throw new NotPublished(e);
        }
    }

    /** Whether events of this topic are ours alone to publish; the hint that subscriptions have changed is anybody's. */
    public static boolean isReserved(Topic topic) {
        return topic.isSystemWebhook() && !topic.value().equals(EventReader.CHANGED);
    }

    private void send(String topic, String text) {
        String pattern = settings.busDestination();
        int wildcard = pattern.indexOf('#');
        boolean direct =
                wildcard >= 0 && topic.chars().noneMatch(c -> c == '*' || c == '#' || c == ':') && !topic.equals("bus");
        String destination = direct ? pattern.substring(0, wildcard) + topic : common();
        try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            JMSProducer producer = context.createProducer();
            if (!direct) {
                producer.setProperty("topic", topic);
            }
            producer.send(context.createTopic(destination), text);
        }
    }

    /** The destination on which the topic is a property. */
    private String common() {
        String pattern = settings.busDestination();
        int wildcard = pattern.indexOf('#');
        return wildcard < 0 ? pattern : pattern.substring(0, wildcard) + "bus";
    }

    /** A hint only, so it goes aside: the change stands whether the broker is there or not. */
    void subscriptionsChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) SubscriptionsChanged change) {
        try {
            executor.execute(() -> hint(change));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "change.unannounced subscription={0}", change.subscription());
        }
    }

    private void hint(SubscriptionsChanged change) {
        try {
            send(
                    EventReader.CHANGED,
                    Json.createObjectBuilder()
                            .add("uuid", change.subscription().toString())
                            .build()
                            .toString());
        } catch (JMSRuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "change.unannounced subscription=" + change.subscription() + " cause=" + e.getMessage());
        }
    }

    /** What keeps the broker from answering, if anything. */
    public Optional<String> problem() {
        try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            context.createTopic(common()); // asks the broker about it, which making a message would not
            return Optional.empty();
        } catch (JMSRuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
