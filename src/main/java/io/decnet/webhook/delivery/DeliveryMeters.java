package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.tally.Kind;
import io.decnet.webhook.tally.Tallies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;

/** Counts what happens to events, deliveries and attempts. */
@ApplicationScoped
public class DeliveryMeters {
    @Inject
    MeterRegistry registry;

    @Inject
    Tallies tallies;

    @Inject
    DatabaseClock clock;

    void event(Verdict verdict) {
        tallies.event(clock.instant());
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
        tally(report);
    }

    private void tally(AttemptReport report) {
        Instant at = report.finishedAt();
        tallies.attempt(report.result().took(), at);
        tallies.count(report.subscription(), kind(report.outcome()), at);
        ClaimedDelivery delivery = report.delivery();
        boolean replayed = delivery.attempts() > delivery.tries();
        if (report.succeeded() && !replayed) {
            tallies.delivery(Duration.between(delivery.madeAt(), at), at);
        }
    }

    private static Kind kind(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return Kind.DELIVERED;
        }
        return outcome instanceof Outcome.Failed ? Kind.FAILED : Kind.RETRIED;
    }

    /** New deliveries of these subscriptions are held. */
    void held(Collection<UUID> subscriptions) {
        subscriptions.forEach(subscription -> tallies.count(subscription, Kind.HELD, clock.instant()));
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
