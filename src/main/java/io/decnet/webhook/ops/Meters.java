package io.decnet.webhook.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Makes the registry of the application, with every counter at zero from the start: a series that appears with its first increment hides
 * exactly that increment from a rate.
 *
 * <p>Other rooms count by name, {@code registry.counter("decnet.events", "result", "accepted").increment()}, and time an attempt with {@code
 * registry.timer("decnet.attempt")}. The gauge {@code decnet.in.flight} belongs to the dispatcher, which registers it.
 */
@ApplicationScoped
class Meters {
    static final String EVENTS = "decnet.events";
    static final String DELIVERIES = "decnet.deliveries";
    static final String ATTEMPTS = "decnet.attempts";
    static final String ATTEMPT = "decnet.attempt";

    // Around the request timeout of 10 s and the 1 s after which an attempt counts as slow.
    private static final List<Duration> BUCKETS = List.of(
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    @Produces
    @Singleton
    PrometheusMeterRegistry registry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new Buckets());
        List.of("accepted", "unmatched", "duplicate", "rejected")
                .forEach(result -> registry.counter(EVENTS, "result", result));
        List.of("delivered", "failed", "discarded")
                .forEach(outcome -> registry.counter(DELIVERIES, "outcome", outcome));
        List.of("2xx", "3xx", "4xx", "5xx", "timeout", "network", "refused")
                .forEach(status -> registry.counter(ATTEMPTS, "status", status));
        registry.timer(ATTEMPT);
        return registry;
    }

    void close(@Disposes PrometheusMeterRegistry registry) {
        registry.close();
    }

    /** Gives the timer of attempts its buckets, whoever asks for it first. */
    private static final class Buckets implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            if (!id.getName().equals(ATTEMPT)) {
                return config;
            }
            var nanos = BUCKETS.stream().mapToDouble(Duration::toNanos).toArray();
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(nanos)
                    .build()
                    .merge(config);
        }
    }
}
