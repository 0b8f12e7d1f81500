package io.decnet.webhook.ops;

import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.Dispatcher;
import io.decnet.webhook.subscription.Subscriptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The gauges: one look at the database for each scrape, not more often than once a second, and no scrape waits for a database that hangs. */
@ApplicationScoped
class Gauges {
    private static final System.Logger LOG = System.getLogger(Gauges.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    private MeterRegistry registry;

    @Inject
    private Deliveries deliveries;

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Dispatcher dispatcher;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private Clock clock;

    private volatile Levels levels = Levels.UNKNOWN;

    @SuppressWarnings("NullAway.Init")
    private Inquiry<Levels> inquiry;

    @PostConstruct
    void register() {
        inquiry = new Inquiry<>(this::look, executor, clock, PATIENCE);
        Gauge.builder("decnet.in.flight", dispatcher, Dispatcher::inFlight)
                .description("Attempts on the wire")
                .register(registry);
        gauge("decnet.pending", "Deliveries that wait for their turn or their next attempt", Levels::pending);
        gauge("decnet.held", "Deliveries that wait for an operator", Levels::held);
        gauge(
                "decnet.stuck",
                "Unfinished deliveries that nothing would wake; anything but 0 is a fault",
                Levels::stuck);
        state("active", Levels::active);
        state("paused", Levels::paused);
        state("tripped", Levels::tripped);
    }

    /** To be called before the registry is read. */
    void refresh() {
        levels = inquiry.answer().orElse(Levels.UNKNOWN);
    }

    private Levels look() {
        try {
            return Levels.of(deliveries.backlog(), deliveries.stuck(), subscriptions.counts());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "metrics.unknown cause=" + e.getMessage());
            return Levels.UNKNOWN;
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<Levels> level) {
        Gauge.builder(name, () -> level.applyAsDouble(levels))
                .description(description)
                .register(registry);
    }

    private void state(String state, ToDoubleFunction<Levels> level) {
        Gauge.builder("decnet.subscriptions", () -> level.applyAsDouble(levels))
                .description("Subscriptions by the state of their circuit")
                .tag("state", state)
                .register(registry);
    }
}
