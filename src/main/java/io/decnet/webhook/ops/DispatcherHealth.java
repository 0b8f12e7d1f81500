package io.decnet.webhook.ops;

import io.decnet.webhook.delivery.Dispatcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while deliveries are started: not before pages and API answer, too, and not once the program is being stopped. */
@Readiness
@ApplicationScoped
public class DispatcherHealth implements HealthCheck {
    @Inject
    private Dispatcher dispatcher;

    private volatile boolean open;

    /** The web part is up. */
    void open() {
        open = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dispatcher")
                .status(open && dispatcher.isRunning())
                .build();
    }
}
