package io.decnet.webhook.ops;

import io.decnet.webhook.delivery.Dispatcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while deliveries are started: not before the first is looked for, not once the program is being stopped. */
@Readiness
@ApplicationScoped
public class DispatcherHealth implements HealthCheck {
    @Inject
    private Dispatcher dispatcher;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dispatcher")
                .status(dispatcher.isRunning())
                .build();
    }
}
