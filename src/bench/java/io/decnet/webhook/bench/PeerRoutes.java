package io.decnet.webhook.bench;

import io.decnet.webhook.embeddedbus.PeerBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What a good engineer would build by hand in a day: a Camel route for each subscriber, from a durable shared subscription of its own, received
 * in a JMS transaction, signed, posted, retried after 1, 2 and 4 seconds, with a circuit breaker. Nothing is recorded.
 *
 * <p>Set for throughput, by judgement and not by a search: broker in the same JVM, filter by destination in the broker, consumers kept open (CACHE_CONSUMER), no
 * transaction manager, sixteen consumers for one subscription, four for each of ten, one for each of a hundred; bodies passed on as bytes,
 * pooled connections, no stream caching.
 */
public final class PeerRoutes {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private PeerRoutes() {}

    /** Takes the URL of the sink; then {@code suspend} and {@code resume} with a group from standard input. */
    public static void main(String[] arguments) throws Exception {
        PeerBroker.start();
        CamelContext camel = new DefaultCamelContext();
        camel.setStreamCaching(false);
        camel.addComponent("jms", jms());
        camel.addComponent("http", http());
        for (Group group : Group.values()) {
            for (int i = 0; i < group.subscriptions; i++) {
                camel.addRoutes(new Subscriber(group, i, arguments[0]));
            }
        }
        camel.start();
        System.out.println("ready");
        obey(camel);
        System.exit(0);
    }

    private static JmsComponent jms() {
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory("vm://0", "bus", System.getenv("DECNET_WEBHOOK_BUS_PASSWORD"));
        JmsComponent jms = JmsComponent.jmsComponent(factory);
        jms.setCacheLevelName("CACHE_CONSUMER");
        jms.setTransacted(true);
        jms.setLazyCreateTransactionManager(false);
        return jms;
    }

    private static HttpComponent http() {
        HttpComponent http = new HttpComponent();
        http.setMaxTotalConnections(512);
        http.setConnectionsPerRoute(512);
        http.setConnectTimeout(3_000);
        http.setResponseTimeout(10_000);
        http.setCookieStore(new org.apache.camel.component.http.NoopCookieStore());
        return http;
    }

    private static void obey(CamelContext camel) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            Group group = Group.valueOf(words[1]);
            for (int i = 0; i < group.subscriptions; i++) {
                if (words[0].equals("suspend")) {
                    camel.getRouteController().suspendRoute(group.key() + "-" + i);
                } else {
                    camel.getRouteController().resumeRoute(group.key() + "-" + i);
                }
            }
            System.out.println("done");
        }
    }

    /** One subscription. */
    private static final class Subscriber extends RouteBuilder {
        private final Group group;
        private final String name;
        private final String url;

        Subscriber(Group group, int number, String sink) {
            this.group = group;
            this.name = group.key() + "-" + number;
            this.url = sink + group.path(number);
        }

        private int consumers() {
            return Math.max(1, Math.min(16, 40 / group.subscriptions));
        }

        @Override
        public void configure() {
            onException(Exception.class)
                    .maximumRedeliveries(3)
                    .redeliveryDelay(1000)
                    .useExponentialBackOff()
                    .backOffMultiplier(2)
                    .handled(true)
                    .log("given up: ${exception.message}");
            from("jms:topic:decnet." + group.key() + ".*?subscriptionShared=true&subscriptionDurable=true"
                            + "&durableSubscriptionName=" + name + "&concurrentConsumers=" + consumers())
                    .routeId(name)
                    .process(PeerRoutes::sign)
                    .circuitBreaker()
                    .resilience4jConfiguration()
                    .slidingWindowType("COUNT_BASED")
                    .slidingWindowSize(5)
                    .minimumNumberOfCalls(5)
                    .failureRateThreshold(100)
                    .end()
                    .to(url + "?bridgeEndpoint=true")
                    .end();
        }
    }

    private static void sign(Exchange exchange) throws GeneralSecurityException, IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        String topic =
                exchange.getMessage().getHeader("JMSDestination", Object.class).toString();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader("X-Event-Topic", topic);
        exchange.getMessage()
                .setHeader("X-Signature", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(body);
    }
}
