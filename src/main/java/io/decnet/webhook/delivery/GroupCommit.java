package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.egress.BodyWriter;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One commit for all events in hand. Of the threads that bring events one leads: it writes what has gathered, up to 64
 * events, in one transaction, while the others wait for their verdict. An event whose values the database refuses is
 * found by halving the batch and becomes a rejected event; it costs the others nothing.
 */
@ApplicationScoped
public class GroupCommit {
    private static final int MAX_BATCH = 64;
    private static final int MAX_MATCHES = 5;
    /** A batch of so many is load. */
    private static final int MANY = 8;

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    @Inject
    IngestWriter writer;

    @Inject
    SubscriptionIndex index;

    @Inject
    Dispatcher dispatcher;

    @Inject
    ClaimLedger ledger;

    @Inject
    HeldBacklogs held;

    @Inject
    RejectedEvents rejected;

    @Inject
    Settings settings;

    @Inject
    DeliveryMeters meters;

    private final Queue<Ticket> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    /** How many the last batch had; of the leader. */
    private int lastBatch;

    private static final class Ticket {
        private final Ingest ingest;
        private final Thread bringer = Thread.currentThread();
        private volatile Optional<Verdict> verdict = Optional.empty();
        private volatile Optional<StoreUnavailable> failure = Optional.empty();

        private Ticket(Ingest ingest) {
            this.ingest = ingest;
        }

        private boolean isSettled() {
            return verdict.isPresent() || failure.isPresent();
        }

        /** Lets go of its bringer, whatever has become of the batch. */
        private void end() {
            if (!isSettled()) {
                failure = Optional.of(new StoreUnavailable("the batch was not written", new IllegalStateException()));
            }
            LockSupport.unpark(bringer);
        }
    }

    /**
     * Returns once the event and its deliveries are committed.
     *
     * @throws StoreUnavailable when the database cannot take it now; nothing was kept
     */
    public Verdict commit(Event event, Matcher matcher) {
        Ticket ticket = new Ticket(new Ingest(event, BodyWriter.write(event), matcher));
        queue.add(ticket);
        settled(ticket);
        ticket.failure.ifPresent(failure -> {
            throw failure;
        });
        Verdict verdict = ticket.verdict.orElseThrow();
        meters.event(verdict);
        return verdict;
    }

    private void settled(Ticket ticket) {
        boolean interrupted = false;
        while (!ticket.isSettled()) {
            if (led.compareAndSet(false, true)) {
                lead();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called by one at a time. Who comes later sees that nobody leads, or is seen here at the end and woken to lead. */
    private void lead() {
        List<Ticket> batch = new ArrayList<>();
        try {
            if (!queue.isEmpty()) { // empty when who led before has settled what we brought
                gather();
                take(batch);
                lastBatch = batch.size();
                settle(batch);
            }
        } finally {
            batch.forEach(Ticket::end);
            led.set(false);
            Optional.ofNullable(queue.peek()).ifPresent(next -> LockSupport.unpark(next.bringer));
        }
    }

    private void take(List<Ticket> batch) {
        while (batch.size() < MAX_BATCH && !queue.isEmpty()) {
            batch.add(queue.remove());
        }
    }

    /**
     * Under load those of the last batch are about to come again, one after the other: a commit for the first of them
     * would make all others wait for two. A lone event does not wait, but for the first one after a load.
     */
    private void gather() {
        long until = System.nanoTime() + GATHER_NANOS;
        while (lastBatch >= MANY && queue.size() < lastBatch && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    private void settle(List<Ticket> batch) {
        try {
            List<Verdict> verdicts = write(batch.stream().map(t -> t.ingest).toList());
            for (int i = 0; i < verdicts.size(); i++) {
                batch.get(i).verdict = Optional.of(verdicts.get(i));
            }
        } catch (RuntimeException e) {
            if (StoreFault.of(e) != StoreFault.BAD_ROW) {
                StoreUnavailable failure =
                        new StoreUnavailable("the database cannot take events: " + rootMessage(e), e);
                batch.forEach(ticket -> ticket.failure = Optional.of(failure));
            } else if (batch.size() == 1) {
                reject(batch.get(0), e);
            } else {
                settle(batch.subList(0, batch.size() / 2));
                settle(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }

    private List<Verdict> write(List<Ingest> batch) {
        for (int round = 1; ; round++) {
            Reservations reservations = new Reservations();
            List<Verdict> verdicts;
            try {
                verdicts = writer.write(batch, reservations);
                dispatcher.commit(reservations);
            } catch (RuntimeException | Error e) {
                dispatcher.rollback(reservations);
                reservations.claimed.forEach(delivery -> ledger.settle(delivery.claim(), 1));
                if (StoreFault.of(e) == StoreFault.UNAVAILABLE) {
                    ledger.doubt();
                }
                if (StoreFault.of(e) != StoreFault.OUTDATED || round == MAX_MATCHES) {
                    throw e;
                }
                index.distrust();
                continue;
            } finally {
                // Once the rows are there, or may be: a look at the limit before that would not see them.
                reservations.held.forEach(held::grows);
            }
            meters.held(reservations.held);
            return verdicts;
        }
    }

    private void reject(Ticket ticket, RuntimeException cause) {
        Event event = ticket.ingest.event();
        try {
            rejected.reject(
                    settings.busDestination(),
                    Optional.of(event.id()),
                    "the database refuses this event: " + rootMessage(cause),
                    ticket.ingest.body());
            ticket.verdict = Optional.of(Verdict.REJECTED);
        } catch (RuntimeException e) {
            ticket.failure = Optional.of(new StoreUnavailable("cannot store a rejected event: " + rootMessage(e), e));
        }
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName());
    }
}
