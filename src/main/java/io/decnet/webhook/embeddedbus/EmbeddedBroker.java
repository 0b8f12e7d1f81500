package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServer.SERVER_STATE;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/**
 * The broker of this process: persistent in the data directory, reachable in the JVM and over TCP for JMS (Core), AMQP 1.0 and STOMP. When it has
 * stopped itself it is started again.
 */
final class EmbeddedBroker {
    private static final System.Logger LOG = System.getLogger(EmbeddedBroker.class.getName());
    private static final long MEGABYTE = 1L << 20;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private static final long LOOK_MILLIS = 2_000;

    private final Settings settings;
    private final String password;
    private final CountDownLatch ending = new CountDownLatch(1);
    private EmbeddedActiveMQ server;

    private EmbeddedBroker(Settings settings, String password) {
        this.settings = settings;
        this.password = password;
        server = launch(settings, password);
    }

    static EmbeddedBroker start(Settings settings, String password) {
        var broker = new EmbeddedBroker(settings, password);
        var watch = new Thread(broker::watch, "decnet-bus-watch");
        watch.setDaemon(true);
        watch.setContextClassLoader(EmbeddedBroker.class.getClassLoader());
        watch.start();
        return broker;
    }

    private static EmbeddedActiveMQ launch(Settings settings, String password) {
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
            stop(server);
            throw new BrokerNotStarted("the broker did not start on " + address + ": " + e.getMessage(), e);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "bus.started url=tcp://{0} protocols=CORE,AMQP,STOMP user={1}",
                address,
                settings.busUser());
        return server;
    }

    /** Artemis stops itself when its disk fails it, and stays stopped when the disk is well again. */
    private void watch() {
        try {
            while (!ending.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                restartIfDead();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void restartIfDead() {
        if (ending.getCount() == 0 || server.getActiveMQServer().getState() != SERVER_STATE.STOPPED) {
            return;
        }
        try {
            server = launch(settings, password);
        } catch (BrokerNotStarted e) {
            LOG.log(System.Logger.Level.WARNING, "bus.down reason={0}", e.getMessage());
        }
    }

    synchronized void stop() {
        ending.countDown();
        stop(server);
        LOG.log(System.Logger.Level.INFO, "bus.stopped");
    }

    private static void stop(EmbeddedActiveMQ server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "bus.stop_failed", e);
        }
    }

    /** The server of the moment; another one after a restart. */
    synchronized ActiveMQServer server() {
        return server.getActiveMQServer();
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
