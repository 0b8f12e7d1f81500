package io.decnet.webhook.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** How long events took from the call of {@code send()} to the receiver, in milliseconds. */
final class Latencies {
    private final List<Double> sorted;

    private Latencies(List<Double> millis) {
        Collections.sort(millis);
        sorted = millis;
    }

    static Latencies of(Load load, Witness witness) {
        return between(load, List.of(witness), Instant.MIN, Instant.MAX);
    }

    /** Those of events sent in this interval. */
    static Latencies between(Load load, Collection<Witness> witnesses, Instant from, Instant until) {
        Map<String, Instant> sent = load.promised();
        List<Double> millis = new ArrayList<>();
        witnesses.forEach(witness -> witness.arrivals().forEach(arrival -> {
            var at = sent.get(arrival.event());
            if (at != null && !at.isBefore(from) && at.isBefore(until)) {
                millis.add(Duration.between(at, arrival.at()).toNanos() / 1e6);
            }
        }));
        return new Latencies(millis);
    }

    int count() {
        return sorted.size();
    }

    long within(Duration time) {
        return sorted.stream().filter(millis -> millis <= time.toMillis()).count();
    }

    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, rank - 1));
    }

    double longest() {
        return percentile(100);
    }
}
