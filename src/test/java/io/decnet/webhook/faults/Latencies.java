package io.decnet.webhook.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long events took from the call of {@code send()} to the receiver, in milliseconds. */
final class Latencies {
    private final List<Double> sorted;

    private Latencies(List<Double> sorted) {
        this.sorted = sorted;
    }

    static Latencies of(Load load, Witness witness) {
        var sent = load.promised();
        return new Latencies(witness.arrivals().stream()
                .flatMap(arrival -> Stream.ofNullable(sent.get(arrival.event()))
                        .map(at -> Duration.between(at, arrival.at()).toNanos() / 1e6))
                .sorted()
                .toList());
    }

    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, rank - 1));
    }
}
