import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Publishes one event: {@code PublishEvent <topic> <json>}; the password of the bus is in DECNET_WEBHOOK_BUS_PASSWORD. */
public class PublishEvent {
    public static void main(String[] arguments) {
        var password = System.getenv("DECNET_WEBHOOK_BUS_PASSWORD");
        try (var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:61616");
                var context = factory.createContext("bus", password)) {
            context.createProducer().send(context.createTopic("decnet." + arguments[0]), arguments[1]);
        }
    }
}
