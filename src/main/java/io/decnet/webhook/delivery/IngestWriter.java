package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The transaction of one ingest batch: match by the newest subscriptions, insert events, insert deliveries. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class IngestWriter {
    @Inject
    SubscriptionIndex index;

    @Inject
    Dispatcher dispatcher;

    @Inject
    DeliveryStore store;

    @Inject
    ClaimLedger ledger;

    @Inject
    Ids ids;

    @Inject
    DatabaseClock clock;

    private record Matched(int position, DeliveryStore.NewEvent row, Set<SubscriptionIndex.Entry> targets) {}

    /** Verdicts in the order of the batch; {@code reservations} has what to take up on commit or give back. */
    public List<Verdict> write(List<Ingest> batch, Reservations reservations) {
        SubscriptionIndex.Snapshot snapshot = index.refreshed();
        List<Verdict> verdicts = new ArrayList<>();
        List<Matched> matched = new ArrayList<>();
        for (Ingest ingest : batch) {
            Set<SubscriptionIndex.Entry> targets = ingest.matcher().match(snapshot);
            verdicts.add(targets.isEmpty() ? Verdict.UNMATCHED : Verdict.DUPLICATE);
            if (!targets.isEmpty()) {
                matched.add(new Matched(verdicts.size() - 1, row(ingest.event(), ingest.body()), targets));
            }
        }
        if (matched.isEmpty()) {
            return verdicts;
        }
        Instant now = clock.instant();
        Set<UUID> inserted =
                store.insertEvents(matched.stream().map(Matched::row).toList(), now);
        List<DeliveryStore.NewDelivery> deliveries = new ArrayList<>();
        for (Matched event : matched) {
            if (inserted.contains(event.row().key())) {
                verdicts.set(event.position(), Verdict.ACCEPTED);
                event.targets().forEach(target -> deliveries.add(place(event.row(), target, reservations)));
            }
        }
        store.insertDeliveries(deliveries, now);
        return verdicts;
    }

    /** The same in the caller's transaction, for events that are part of it; the table holds them until fetched. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void writeHere(Event event, byte[] body, Set<UUID> targets) {
        Instant now = clock.instant();
        DeliveryStore.NewEvent row = row(event, body);
        if (!store.insertEvents(List.of(row), now).isEmpty()) {
            store.insertDeliveries(
                    targets.stream()
                            .map(target ->
                                    new DeliveryStore.NewDelivery(ids.next(), row.key(), target, Optional.empty()))
                            .toList(),
                    now);
        }
    }

    private DeliveryStore.NewEvent row(Event event, byte[] body) {
        return new DeliveryStore.NewEvent(ids.next(), event.id(), event.topic(), event.traceparent(), body);
    }

    private DeliveryStore.NewDelivery place(
            DeliveryStore.NewEvent event, SubscriptionIndex.Entry target, Reservations reservations) {
        UUID id = ids.next();
        if (target.state() != CircuitState.ACTIVE) {
            reservations.held.add(target.id());
        }
        if (!dispatcher.reserve(target, event.body(), reservations)) {
            return new DeliveryStore.NewDelivery(id, event.key(), target.id(), Optional.empty());
        }
        long claim = ledger.take(1);
        reservations.claimed.add(new ClaimedDelivery(
                id, claim, target.id(), event.id(), event.topic(), event.body(), event.traceparent(), 0, 0));
        return new DeliveryStore.NewDelivery(id, event.key(), target.id(), Optional.of(claim));
    }
}
