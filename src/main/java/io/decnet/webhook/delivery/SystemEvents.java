package io.decnet.webhook.delivery;

import io.decnet.webhook.egress.BodyWriter;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Events this product makes itself: stored with the change they tell of, in its transaction, or not at all. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class SystemEvents {
    @Inject
    IngestWriter writer;

    @Inject
    jakarta.enterprise.event.Event<RowsWaiting> rowsWaiting;

    /** Rows for these subscriptions are in the table once the transaction commits. */
    record RowsWaiting(Set<UUID> subscriptions) {}

    /** Stores the event for the targets in the caller's transaction. */
    public void store(Event event, Set<SubscriptionIndex.Entry> targets) {
        if (targets.isEmpty()) {
            return;
        }
        Set<UUID> ids = targets.stream().map(SubscriptionIndex.Entry::id).collect(Collectors.toSet());
        writer.writeHere(event, BodyWriter.write(event), ids);
        rowsWaiting.fire(new RowsWaiting(ids));
    }

    /** After the commit: wakes the lanes, and has the limit of those applied whose circuit is open. */
    @jakarta.enterprise.context.ApplicationScoped
    static class Waker {
        @Inject
        Dispatcher dispatcher;

        @Inject
        HeldBacklogs held;

        void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) RowsWaiting waiting) {
            waiting.subscriptions().forEach(dispatcher::waiting);
            waiting.subscriptions().forEach(held::grows);
        }
    }
}
