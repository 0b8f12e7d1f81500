package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServer.SERVER_STATE;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * The broker of this process: persistent in the data directory, reachable in the JVM and over TCP for JMS (Core), AMQP 1.0 and STOMP. When it has
 * stopped itself it is started again.
 */
final class EmbeddedBroker {
    private static final System.Logger LOG = System.getLogger(EmbeddedBroker.class.getName());
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
        var address = BrokerConfiguration.address(settings);
        try {
            server.setConfiguration(BrokerConfiguration.of(settings));
            server.setSecurityManager(new OneUser(settings.busUser(), password));
            server.start();
            // Acceptors that cannot bind are only logged; a broker that nobody reaches has not started.
            if (!server.getActiveMQServer().getRemotingService().isStarted()) {
                throw new IllegalStateException("no acceptor is listening");
            }
            if (server.getActiveMQServer().getRemotingService().getAcceptor(BrokerConfiguration.PORT)
                    instanceof NettyAcceptor port) {
                Strangers.watch(port);
            }
        } catch (Exception e) {
            stop(server);
            throw new BrokerNotStarted("the broker did not start on " + address + ": " + e.getMessage(), e);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "bus.started url={0}://{1} protocols=CORE,AMQP,STOMP user={2}",
                settings.busTls().isPresent() ? "ssl" : "tcp",
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
}
