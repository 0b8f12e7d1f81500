package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Control;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Starts delivering once the schema and the keys are there; at the end lets attempts finish and hands the rest back. */
@Singleton
@Startup
@DependsOn({"Schema", "Bootstrap"})
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class DeliveryLife {
    private static final Logger LOG = System.getLogger(DeliveryLife.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Workers workers;

    @Inject
    Heartbeat heartbeat;

    @Inject
    NodeIdentity node;

    private final AtomicBoolean ended = new AtomicBoolean();

    @PostConstruct
    void begin() {
        int recovered = heartbeat.begin();
        workers.start();
        register();
        LOG.log(Level.INFO, "dispatcher.started node={0} recovered={1}", node.name(), recovered);
    }

    private void register() {
        try {
            ObjectName name = new ObjectName(Control.NAME);
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            if (server.isRegistered(name)) {
                server.unregisterMBean(name); // left by an earlier deployment that was not stopped
            }
            server.registerMBean(new StandardMBean((Control.Operations) this::end, Control.Operations.class), name);
        } catch (JMException e) {
            LOG.log(Level.WARNING, "dispatcher.unmanaged cause=" + e);
        }
    }

    @PreDestroy
    void leave() {
        end();
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(Control.NAME));
        } catch (JMException e) {
            LOG.log(Level.DEBUG, "dispatcher.unmanaged cause={0}", e);
        }
    }

    /** Lets attempts finish, hands the rest back, and returns then; the second time at once. */
    public void end() {
        if (ended.getAndSet(true)) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(DeliveryLife.class.getClassLoader());
        try {
            finish();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private void finish() {
        try {
            workers.stop(PATIENCE);
            heartbeat.end();
            workers.keepTallies();
            LOG.log(Level.INFO, "dispatcher.stopped node={0}", node.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "dispatcher.stopped node=" + node.name() + " claims are released at the next start: " + e);
        }
    }
}
