package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;

/** How to reach the broker: by class of connector, its parameters, and the login. */
record Connection(String connectorClass, String parameters, String user, String password) {

    /**
     * The connection that the settings ask for.
     *
     * @param startBroker called when the broker is the embedded one; answers its password
     */
    static Connection to(Settings settings, Function<Settings, String> startBroker) {
        return settings.busUrl()
                .map(url -> new Connection(
                        NettyConnectorFactory.class.getName(),
                        parameters(ExternalUrl.parameters(url)),
                        settings.busUser(),
                        settings.busPassword().orElse("")))
                .orElseGet(() -> new Connection(
                        InVMConnectorFactory.class.getName(),
                        parameters(Map.of("serverId", "0")),
                        settings.busUser(),
                        startBroker.apply(settings)));
    }

    void configure(ActiveMQResourceAdapter adapter) {
        adapter.setConnectorClassName(connectorClass);
        adapter.setConnectionParameters(parameters);
        adapter.setUserName(user);
        adapter.setPassword(password);
    }

    private static String parameters(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(";"));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Connection[%s, %s, %s]", connectorClass, parameters, user);
    }
}
