package io.decnet.webhook.ops;

import io.decnet.webhook.bus.BusPublisher;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the broker of the bus answers. */
@Readiness
@ApplicationScoped
public class BrokerHealth implements HealthCheck {
    @Inject
    private BusPublisher bus;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Condition condition;

    @PostConstruct
    void prepare() {
        condition = new Condition("broker", bus::problem, executor, clock);
    }

    @Override
    public HealthCheckResponse call() {
        return condition.response();
    }
}
