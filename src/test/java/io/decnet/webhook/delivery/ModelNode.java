package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.subscription.SubscriptionIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One node of the model: a true lane, true slots and a true permission to start, handled as dispatcher, feeder, recorder and heartbeat do. */
class ModelNode {
    private static final int CONCURRENCY = 3;
    private static final int BUDGET = 4;

    /** An attempt on the wire keeps the life in which it began. */
    private record Attempt(Flight flight, long life) {}

    final ModelTable table;
    final Permission permission = new Permission();
    private final Deque<Attempt> wire = new ArrayDeque<>();
    private final List<ClaimedDelivery> toRelease = new ArrayList<>();
    private Lane lane = new Lane(ModelTable.SUBSCRIPTION);
    private Slots slots = new Slots(BUDGET);
    private Optional<CircuitBreaker> seen = Optional.empty();
    private long lookedAt;
    private long life;
    private boolean asleep;

    ModelNode(ModelTable table) {
        this.table = table;
        permission.index = new SubscriptionIndex() {
            @Override
            public boolean lookedWithin(Duration age, long nanos) {
                return nanos - ModelNode.this.lookedAt < age.toNanos();
            }
        };
        begin();
    }

    private void begin() {
        life = table.begin(life);
        permission.lease = new Lease();
        permission.lease.renew(table.nanos());
    }

    boolean isAwake() {
        return !asleep;
    }

    /** Whether others have taken it for dead and it does not know. */
    boolean isDead() {
        return !table.lives(life);
    }

    /** Sees the circuit as it is now; nothing of an older period starts from here on. */
    void look() {
        var circuit = table.circuit;
        boolean first = seen.isEmpty();
        seen = Optional.of(circuit);
        lookedAt = table.nanos();
        if (circuit.state() != CircuitState.ACTIVE) {
            empty();
        } else if (!lane.isOpen(circuit.epoch())) {
            empty();
            lane.open(circuit.epoch(), CONCURRENCY, !first);
        }
    }

    void empty() {
        giveBack(lane.close());
    }

    void giveBack(List<ClaimedDelivery> waiting) {
        toRelease.addAll(waiting);
    }

    /** An event comes in here; a batch looks at the circuit first. */
    void ingest() {
        look();
        boolean reserved = lane.reserve(lane.isOpen(table.circuit.epoch()));
        var row = table.insert();
        if (reserved) {
            lane.unreserve();
            lane.add(table.claim(row, life));
        } else {
            lane.unclaimedInsertEnded();
        }
    }

    void feed() {
        if (!toRelease.isEmpty()) {
            toRelease.forEach(delivery -> table.release(delivery, life));
            toRelease.clear();
            tellOfRows();
        }
        int retries = lane.wantedRetries(table.now);
        int firsts = lane.wantedFirsts();
        if (retries + firsts > 0) {
            long news = lane.news();
            var feed = table.feed(life, lane.epoch(), retries, firsts);
            feed.claimed().forEach(lane::add);
            lane.fed(firsts > 0 && feed.drained(), feed.nextRetry(), news);
        }
    }

    void tellOfRows() {
        lane.spill();
        lane.retryAt(table.now);
    }

    boolean mayStart() {
        return permission.toStart(table.nanos());
    }

    void start() {
        lane.forgetPlacesBefore(table.now);
        if (!slots.hasFree() || !mayStart()) {
            return;
        }
        lane.start(slots.share(1), slots.share(1)).ifPresent(delivery -> {
            assertThat(table.letsStart())
                    .as("none starts later than a second after a trip")
                    .isTrue();
            assertThat(lane.epoch())
                    .as("none starts after a trip is seen")
                    .isEqualTo(seen.orElseThrow().epoch());
            assertThat(table.row(delivery).isHeldBy(life, delivery))
                    .as("who starts holds the claim")
                    .isTrue();
            wire.add(new Attempt(slots.take(delivery, lane, 0), life));
        });
    }

    void moveSlowAside() {
        slots.moveAside(1);
    }

    /** The oldest attempt on the wire is answered. */
    void answer(int status) {
        if (wire.isEmpty()) {
            return;
        }
        var attempt = wire.remove();
        var flight = attempt.flight();
        var answer = new SendResult.Answered(
                status, Optional.empty(), new byte[0], table.now, Duration.ZERO, Optional.empty());
        var outcome = Outcome.of(answer, flight.delivery.tries() + 1, ModelTable.SCHEDULE, 0.5, table.now);
        var report = new AttemptReport(flight.delivery, flight.epoch, ModelTable.THRESHOLD, answer, outcome, table.now);
        boolean recorded = table.record(report, attempt.life());
        slots.free(flight);
        flight.lane.finished(flight.slow, report.succeeded() && flight.lane.isOpen(flight.epoch));
        if (recorded && outcome instanceof Outcome.Retrying retrying) {
            lane.retryAt(retrying.at());
            if (flight.slow) {
                lane.keepPlace(flight.delivery.id(), retrying.at().plusSeconds(10));
            }
        }
    }

    /** All memory is lost; the next life gives back what the last one had claimed. */
    void crash() {
        wire.clear();
        toRelease.clear();
        lane = new Lane(ModelTable.SUBSCRIPTION);
        slots = new Slots(BUDGET);
        seen = Optional.empty();
        asleep = false;
        begin();
    }

    void sleep() {
        asleep = true;
    }

    void wake() {
        asleep = false;
    }

    /** Is heard, and takes over from the silent if it may judge them. */
    void beat() {
        if (!table.hear(life)) {
            beginAgain();
        }
        permission.lease.renew(table.nanos());
        if (permission.lease.judges(table.nanos()) && table.bury()) {
            tellOfRows();
        }
    }

    /** It was taken for dead: its claims are others' by now. */
    private void beginAgain() {
        life = table.begin(life);
        if (lane.isOpen()) {
            long epoch = lane.epoch();
            empty();
            lane.reopen(epoch);
        }
    }

    /** Whether this node will come to the row by itself, also if it has to wake first. What a dead one had is for the others. */
    boolean wakesUp(ModelTable.Row row) {
        if (asleep && isDead()) {
            return false;
        }
        return switch (row.stage) {
            case CLAIMED -> row.life == life && remembersItsClaims();
            case NEW -> willOpen() || lane.wantedFirsts() > 0;
            case RETRY -> willOpen() || lane.wantedRetries(max(row.wake, table.now)) > 0;
            default -> false;
        };
    }

    /** Whether each waits in the lane, is on the wire, or is about to be given back. */
    private boolean remembersItsClaims() {
        var outside = Stream.concat(wire.stream().map(attempt -> attempt.flight().delivery), toRelease.stream());
        long held = outside.filter(delivery -> table.row(delivery).isHeldBy(life, delivery))
                .count();
        return table.claimsOf(life) <= lane.view().waiting() + held;
    }

    private boolean willOpen() {
        return !lane.isOpen(table.circuit.epoch());
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
