package io.decnet.webhook.ops;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.microprofile.health.Readiness;

/**
 * The last servlet to be loaded, and nothing else: it has no address. Deliveries start before the web part of the application, and the server (Payara
 * 6.2025.10) asks health checks as soon as it knows the first of them; so the node is ready only from here on, when pages and API answer.
 */
public class Opening extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @Readiness
    private transient DispatcherHealth health;

    @Override
    public void init() {
        health.open();
    }
}
