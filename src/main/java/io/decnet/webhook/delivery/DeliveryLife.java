package io.decnet.webhook.delivery;

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
import java.time.Duration;

/** Starts delivering once the schema and the keys are there; at the end lets attempts finish and hands the rest back. */
@Singleton
@Startup
@DependsOn({"Schema", "Bootstrap"})
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class DeliveryLife {
    private static final Logger LOG = System.getLogger(DeliveryLife.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @Inject
    Workers workers;

    @Inject
    Upkeep upkeep;

    @Inject
    NodeIdentity node;

    @PostConstruct
    void begin() {
        int recovered = upkeep.begin();
        workers.start();
        LOG.log(Level.INFO, "dispatcher.started node={0} recovered={1}", node.name(), recovered);
    }

    @PreDestroy
    void end() {
        try {
            workers.stop(PATIENCE);
            upkeep.end();
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
