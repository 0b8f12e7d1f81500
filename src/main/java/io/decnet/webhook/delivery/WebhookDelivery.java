package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.egress.WebhookClient;
import io.decnet.webhook.egress.WebhookRequest;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Attempts: POST each, judge the result. No transaction is open while it is on the wire. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookDelivery {
    private static final Logger LOG = System.getLogger(WebhookDelivery.class.getName());

    @Inject
    Permission permission;

    @Inject
    WebhookClient client;

    @Inject
    DatabaseClock clock;

    /** One attempt after the other, each with an end: a call for each would cost a third of what attempts cost (decision 25). */
    public void fly(Course course) {
        for (Optional<Flight> next = course.next(); next.isPresent(); next = course.next()) {
            Flight flight = next.get();
            try {
                attempt(flight.delivery, flight.epoch).ifPresentOrElse(course::end, course::abort);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "attempt.failed delivery=" + flight.delivery.id(), e);
                course.abort();
            }
        }
    }

    /** Empty when the circuit has opened meanwhile or the claim may be another's by now: then nothing was sent. */
    private Optional<AttemptReport> attempt(ClaimedDelivery delivery, long epoch) {
        SubscriptionIndex.Snapshot snapshot = permission.lookedUp();
        return snapshot.entry(delivery.subscription())
                .filter(entry -> entry.state() == CircuitState.ACTIVE && entry.epoch() == epoch)
                .filter(entry -> permission.isOurs())
                .map(entry -> attempt(delivery, entry));
    }

    private AttemptReport attempt(ClaimedDelivery delivery, SubscriptionIndex.Entry entry) {
        SendResult result = client.send(new WebhookRequest(
                entry.url(),
                delivery.id().toString(),
                delivery.eventId(),
                delivery.topic(),
                delivery.body(),
                entry.secrets(clock.instant()),
                delivery.traceparent(),
                entry.requestTimeout()));
        Instant finishedAt = clock.instant();
        Outcome outcome = Outcome.of(
                result,
                delivery.tries() + 1,
                new RetrySchedule(entry.retryDelays()),
                ThreadLocalRandom.current().nextDouble(),
                finishedAt);
        return new AttemptReport(delivery.spent(), entry.epoch(), entry.threshold(), result, outcome, finishedAt);
    }
}
