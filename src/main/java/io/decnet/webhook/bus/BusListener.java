package io.decnet.webhook.bus;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.delivery.RejectedEvents;
import io.decnet.webhook.routing.EventRouter;
import io.decnet.webhook.subscription.SubscriptionIndex;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes a message, has it read and routed. Returning acknowledges it, so it returns only once what the message says is
 * committed; on a fault it throws, and the broker sends the message again.
 */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BusListener implements MessageListener {
    private static final Logger LOG = System.getLogger(BusListener.class.getName());

    @Inject
    Intake intake;

    @Inject
    EventReader reader;

    @Inject
    EventRouter router;

    @Inject
    RejectedEvents rejected;

    @Inject
    SubscriptionIndex index;

    @Inject
    MeterRegistry meters;

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    /** A message could not be taken over now. */
    static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotTaken(Exception cause) {
            super(cause);
        }
    }

    @Override
    public void onMessage(Message message) {
        try {
            BusMessage seen = Messages.read(message, settings.maxEventBytes(), RejectedEvents.KEPT_BYTES, clock);
            intake.admit(seen.body().length(), () -> take(seen));
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "event.not-taken cause=" + e.getMessage());
            throw new NotTaken(e);
        }
    }

    private void take(BusMessage seen) {
        Reading reading = reader.read(seen);
        if (reading instanceof Reading.Legible readable) {
            router.route(readable.event());
        } else if (reading instanceof Reading.Illegible unreadable) {
            reject(seen.destination(), seen.messageId(), unreadable);
        } else {
            index.refreshed();
        }
    }

    private void reject(String destination, Optional<String> messageId, Reading.Illegible unreadable) {
        rejected.reject(destination, messageId, unreadable.reason(), unreadable.body());
        meters.counter("decnet.events", "result", "rejected").increment();
        LOG.log(
                Level.WARNING,
                "event.rejected destination=" + destination + " message=" + messageId.orElse("none") + " reason="
                        + unreadable.reason());
    }
}
