package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** The broker of this process: persistent in the data directory, reachable in the JVM and over TCP for JMS (Core), AMQP 1.0 and STOMP. */
final class EmbeddedBroker {
    private static final System.Logger LOG = System.getLogger(EmbeddedBroker.class.getName());
    private static final long MEGABYTE = 1L << 20;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final EmbeddedActiveMQ server;

    private EmbeddedBroker(EmbeddedActiveMQ server) {
        this.server = server;
    }

    static EmbeddedBroker start(Settings settings, String password) {
        var server = new EmbeddedActiveMQ();
        var address = (settings.busHost().contains(":") ? "[" + settings.busHost() + "]" : settings.busHost()) + ":"
                + settings.busPort();
        try {
            server.setConfiguration(configuration(settings, address));
            server.setSecurityManager(new OneUser(settings.busUser(), password));
            server.start();
            // Acceptors that cannot bind are only logged; a broker that nobody reaches has not started.
            if (!server.getActiveMQServer().getRemotingService().isStarted()) {
                throw new IllegalStateException("no acceptor is listening");
            }
        } catch (Exception e) {
            throw new BrokerNotStarted("the broker did not start on " + address + ": " + e.getMessage(), e);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "bus.started url=tcp://{0} protocols=CORE,AMQP,STOMP user={1}",
                address,
                settings.busUser());
        return new EmbeddedBroker(server);
    }

    void stop() {
        try {
            server.stop();
            LOG.log(System.Logger.Level.INFO, "bus.stopped");
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "bus.stop_failed", e);
        }
    }

    private static Configuration configuration(Settings settings, String address) throws Exception {
        var configuration = new ConfigurationImpl()
                .setName("decnet")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .setGlobalMaxSize(Runtime.getRuntime().maxMemory() / 8)
                // A disk nine tenths full is no reason to block the decoys: the default would.
                .setMaxDiskUsage(-1)
                .setMinDiskFree(64 * MEGABYTE);
        store(configuration, settings.dataDir().toAbsolutePath().resolve("broker"));
        configuration.addAcceptorConfiguration("in-vm", "vm://0");
        configuration.addAcceptorConfiguration(
                "bus",
                "tcp://" + address
                        + "?protocols=CORE,AMQP,STOMP;stompEnableMessageId=true;multicastPrefix=/topic/,topic://;anycastPrefix=/queue/,queue://");
        configuration.addAddressSetting("#", topics());
        return configuration;
    }

    private static void store(Configuration configuration, Path directory) {
        configuration
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString());
    }

    private static AddressSettings topics() {
        return new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                .setAutoCreateAddresses(true)
                .setAutoDeleteAddresses(true)
                .setAutoCreateQueues(true)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(200)
                .setRedeliveryMultiplier(2.0)
                .setMaxRedeliveryDelay(LONGEST_PAUSE_MILLIS)
                .setMaxSizeBytes(16 * MEGABYTE)
                .setPageSizeBytes((int) (2 * MEGABYTE))
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    }
}
