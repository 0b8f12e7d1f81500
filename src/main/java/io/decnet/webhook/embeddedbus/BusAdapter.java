package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.BadSetting;
import io.decnet.webhook.config.BusTls;
import io.decnet.webhook.config.Settings;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.apache.activemq.artemis.ra.ConnectionFactoryProperties;

/**
 * Artemis's resource adapter, set up from {@link Settings} and with a broker of its own when no external one is named.
 *
 * <p>The login is set here, so neither the connection factory nor the message-driven bean of the application knows it.
 */
public final class BusAdapter extends ActiveMQResourceAdapter {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(BusAdapter.class.getName());
    private static final int CONSUMER_WINDOW_BYTES = 128 * 1024;

    private transient Optional<EmbeddedBroker> broker = Optional.empty();

    /** Starts the broker, when it is the embedded one, and connects to it. */
    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        var loader = Thread.currentThread().getContextClassLoader();
        // The broker finds its protocols through the context loader, which is not always that of this archive.
        Thread.currentThread().setContextClassLoader(BusAdapter.class.getClassLoader());
        try {
            Connection.to(Settings.fromProcess(), this::startBroker).configure(this);
            setUpClient();
            super.start(context);
        } catch (BadSetting | BrokerNotStarted e) {
            LOG.log(System.Logger.Level.ERROR, "bus.failed reason={0}", e.getMessage());
            stop();
            throw new ResourceAdapterInternalException(e.getMessage(), e);
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    private String startBroker(Settings settings) {
        settings.busTls().ifPresent(BusTls::requireUsable);
        var password = BusPassword.of(settings);
        broker = Optional.of(EmbeddedBroker.start(settings, password));
        return password;
    }

    private void setUpClient() {
        // Sessions answer for themselves: taking part in a transaction would need XA, which loses messages at a kill.
        setIgnoreJTA(true);
        setUseAutoRecovery(false);
        setUseJNDI(false);
        setUseGlobalPools(false);
        setThreadPoolMaxSize(2 * BusActivation.SESSIONS);
        setConsumerWindowSize(CONSUMER_WINDOW_BYTES);
        setDeserializationDenyList("*");
        setReconnectAttempts(-1);
        setRetryInterval(500L);
        setRetryIntervalMultiplier(2.0);
        setMaxRetryInterval(10_000L);
        setSetupAttempts(-1);
        setSetupInterval(1_000L);
    }

    /** Of all connections: those that consume need it. */
    @Override
    public ActiveMQConnectionFactory newConnectionFactory(ConnectionFactoryProperties properties) {
        var factory = super.newConnectionFactory(properties);
        factory.getServerLocator().addIncomingInterceptor(new LongMessages());
        return factory;
    }

    /** Disconnects, then stops the embedded broker. */
    @Override
    public void stop() {
        super.stop();
        broker.ifPresent(EmbeddedBroker::stop);
        broker = Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
