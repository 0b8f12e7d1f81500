package io.decnet.webhook.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final PrometheusMeterRegistry registry = new Meters().registry();

    @Test
    void everyCounterIsThereFromTheStart() {
        assertThat(registry.scrape())
                .contains("decnet_events_total{result=\"accepted\"} 0.0")
                .contains("decnet_events_total{result=\"rejected\"} 0.0")
                .contains("decnet_deliveries_total{outcome=\"failed\"} 0.0")
                .contains("decnet_attempts_total{status=\"timeout\"} 0.0")
                .contains("decnet_attempt_seconds_count 0");
    }

    @Test
    void whoCountsByNameCountsInTheSameSeries() {
        registry.counter("decnet.events", "result", "accepted").increment();
        assertThat(registry.scrape()).contains("decnet_events_total{result=\"accepted\"} 1.0");
    }

    @Test
    void attemptsFallIntoBuckets() {
        registry.timer("decnet.attempt").record(Duration.ofMillis(300));
        assertThat(registry.scrape())
                .contains("decnet_attempt_seconds_bucket{le=\"0.25\"} 0")
                .contains("decnet_attempt_seconds_bucket{le=\"0.5\"} 1")
                .contains("decnet_attempt_seconds_bucket{le=\"+Inf\"} 1");
    }
}
