package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.event.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The database of the model: the rows of one subscription, its circuit, the lives of nodes, and the time. Only who holds a row's claim may change
 * it. Beside the circuit it keeps a tally of its own, which counts as the contract says and knows nothing of the breaker.
 */
class ModelTable {
    static final UUID SUBSCRIPTION = new UUID(0, 7);
    static final int THRESHOLD = 3;
    static final RetrySchedule SCHEDULE = RetrySchedule.parse("1s,1s,2s,2s,4s");
    static final Topic TOPIC = new Topic("attacker.seen");

    static final class Row {
        final UUID id;
        Stage stage = Stage.NEW;
        Instant wake;
        long life;
        long claim;
        int tries;
        boolean counted;

        Row(UUID id, Instant wake) {
            this.id = id;
            this.wake = wake;
        }

        boolean isHeldBy(long itsLife, ClaimedDelivery delivery) {
            return stage == Stage.CLAIMED && life == itsLife && claim == delivery.claim();
        }

        private void unclaim() {
            stage = tries == 0 ? Stage.NEW : Stage.RETRY;
        }
    }

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    final List<Row> rows = new ArrayList<>();
    Instant now = BEGINNING;
    CircuitBreaker circuit = CircuitBreaker.closed(now);
    private final Map<Long, Instant> heardAt = new HashMap<>();
    private int failuresInARow;
    private long lastClaim;
    private long lastLife;

    long nanos() {
        return Duration.between(BEGINNING, now).toNanos();
    }

    /** A new life of the node whose life this was. */
    long begin(long earlier) {
        heardAt.remove(earlier);
        heardAt.put(++lastLife, now);
        releaseUnowned();
        return lastLife;
    }

    boolean lives(long life) {
        return heardAt.containsKey(life);
    }

    /** A heartbeat; false when others have taken this life for dead. */
    boolean hear(long life) {
        return heardAt.replace(life, now) != null;
    }

    /** Takes the silent for dead; whether there were any, or claims of some who had died before. */
    boolean bury() {
        boolean buried = heardAt.values().removeIf(heard -> heard.isBefore(now.minus(Lease.DEAD_AFTER)));
        return releaseUnowned() || buried;
    }

    boolean releaseUnowned() {
        var unowned = first(rows.size(), row -> row.stage == Stage.CLAIMED && !lives(row.life));
        unowned.forEach(Row::unclaim);
        return !unowned.isEmpty();
    }

    long claimsOf(long life) {
        return rows.stream()
                .filter(row -> row.stage == Stage.CLAIMED && row.life == life)
                .count();
    }

    /** What the contract says: nothing starts later than a second after a trip or a pause. */
    boolean letsStart() {
        return circuit.state() == CircuitState.ACTIVE
                || now.isBefore(circuit.changedAt().plusSeconds(1));
    }

    Row insert() {
        var row = new Row(new UUID(1, rows.size()), now);
        rows.add(row);
        return row;
    }

    ClaimedDelivery claim(Row row, long life) {
        row.stage = Stage.CLAIMED;
        row.life = life;
        row.claim = ++lastClaim;
        return new ClaimedDelivery(
                row.id, row.claim, SUBSCRIPTION, "e", TOPIC, new byte[0], Optional.empty(), row.tries, row.tries);
    }

    /** What the feeder's statement does for a lane of that epoch. */
    Feed feed(long life, long epoch, int retries, int firsts) {
        if (circuit.state() != CircuitState.ACTIVE || circuit.epoch() != epoch) {
            return new Feed(List.of(), true, Instant.MAX);
        }
        var due = first(retries, row -> row.stage == Stage.RETRY && !row.wake.isAfter(now));
        var fresh = first(firsts, row -> row.stage == Stage.NEW);
        var claimed = new ArrayList<ClaimedDelivery>();
        due.forEach(row -> claimed.add(claim(row, life)));
        fresh.forEach(row -> claimed.add(claim(row, life)));
        var next = rows.stream()
                .filter(row -> row.stage == Stage.RETRY)
                .map(row -> row.wake)
                .min(Instant::compareTo);
        return new Feed(claimed, fresh.size() < firsts, next.orElse(Instant.MAX));
    }

    private List<Row> first(int most, Predicate<Row> which) {
        return rows.stream().filter(which).limit(most).toList();
    }

    Row row(ClaimedDelivery delivery) {
        return rows.get((int) delivery.id().getLeastSignificantBits());
    }

    void release(ClaimedDelivery delivery, long life) {
        if (row(delivery).isHeldBy(life, delivery)) {
            row(delivery).unclaim();
        }
    }

    /** Stores an outcome, if the claim still holds; returns whether it did. */
    boolean record(AttemptReport report, long life) {
        var row = row(report.delivery());
        if (!accepts(row, report, life)) {
            return false;
        }
        tally(row, report);
        row.tries++;
        if (report.outcome() instanceof Outcome.Retrying retrying) {
            row.stage = Stage.RETRY;
            row.wake = retrying.at();
        } else {
            row.stage = report.succeeded() ? Stage.DELIVERED : Stage.FAILED;
        }
        circuit = step(report);
        assertThat(circuit.consecutiveFailures()).as("each counted once").isEqualTo(failuresInARow);
        return true;
    }

    boolean accepts(Row row, AttemptReport report, long life) {
        return row.isHeldBy(life, report.delivery());
    }

    CircuitBreaker step(AttemptReport report) {
        return OutcomeRecorder.step(circuit, report).circuit();
    }

    private void tally(Row row, AttemptReport report) {
        boolean counts = !report.succeeded()
                && !row.counted
                && (report.outcome() instanceof Outcome.Failed || row.tries + 1 == 4);
        row.counted |= counts;
        if (circuit.state() == CircuitState.ACTIVE && circuit.epoch() == report.epoch()) {
            failuresInARow = report.succeeded() ? 0 : failuresInARow + (counts ? 1 : 0);
        }
    }

    void pause() {
        circuit = circuit.pause(now).circuit();
    }

    void enable() {
        failuresInARow = circuit.state() == CircuitState.ACTIVE ? failuresInARow : 0;
        circuit = circuit.enable(now).circuit();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<Row> unfinished() {
        return first(rows.size(), row -> !row.stage.finished());
    }
}
