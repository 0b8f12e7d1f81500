package io.decnet.webhook.ops;

import io.decnet.webhook.delivery.DeliveryLife;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Ends deliveries while there still is a database. A server takes the data source of an application away with its web part, before the
 * {@code @PreDestroy} of its EJBs is called (Payara 6.2025.9, see GlassFish issue 21476); nobody undeploys the runnable jar before it has ended them.
 */
@WebListener
public class DeliveryEnd implements ServletContextListener {
    @Inject
    DeliveryLife life;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        life.end();
    }
}
