package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;

/** Counts what happens to events, deliveries and attempts. */
@ApplicationScoped
public class DeliveryMeters {
    @Inject
    MeterRegistry registry;

    void event(Verdict verdict) {
        registry.counter("decnet.events", "result", verdict.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void attempt(AttemptReport report) {
        registry.counter("decnet.attempts", "status", status(report.result())).increment();
        Timer.builder("decnet.attempt")
                .publishPercentileHistogram()
                .register(registry)
                .record(report.result().took());
        if (report.outcome() instanceof Outcome.Delivered) {
            ended(Stage.DELIVERED, 1);
        } else if (report.outcome() instanceof Outcome.Failed) {
            ended(Stage.FAILED, 1);
        }
    }

    void ended(Stage stage, int deliveries) {
        registry.counter("decnet.deliveries", "outcome", stage.name().toLowerCase(Locale.ROOT))
                .increment(deliveries);
    }

    void removed(String what, int rows) {
        registry.counter("decnet.removed", "what", what).increment(rows);
    }

    private static String status(SendResult result) {
        return result instanceof SendResult.NotAnswered silent
                ? silent.kind().name().toLowerCase(Locale.ROOT)
                : ((SendResult.Answered) result).status() / 100 + "xx";
    }
}
