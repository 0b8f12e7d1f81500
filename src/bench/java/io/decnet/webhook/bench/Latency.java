package io.decnet.webhook.bench;

import org.HdrHistogram.Histogram;

/** How long an event takes at a rate that does not care whether the contender keeps up: counted from when it was due. */
final class Latency {
    private static final int[] EVENTS_A_SECOND = {10, 50};
    private static final int SECONDS = 7;

    private Latency() {}

    static void run(Part.Arena arena, Figures figures) throws Exception {
        for (int round = 0; round < arena.rounds(); round++) {
            for (Contender contender : arena.standing().contenders()) {
                for (int events : EVENTS_A_SECOND) {
                    Histogram latency = measure(contender, Group.TEN, events, SECONDS, arena.sink());
                    String at = " at " + events * Group.TEN.subscriptions + " deliveries/s";
                    figures.add(Figure.less("p50" + at, "ms", ""), contender.name(), millis(latency, 50));
                    figures.add(Figure.less("p99" + at, "ms", ""), contender.name(), millis(latency, 99));
                }
            }
        }
    }

    static Histogram measure(Contender contender, Group group, int events, int seconds, Sink sink) throws Exception {
        Sink.Arrivals arrivals = sink.arrivals(group.key());
        long wanted = arrivals.count() + (long) events * seconds * group.subscriptions;
        arrivals.takeLatency();
        contender.publisher().steady(group.topic(), events, seconds);
        Waiting.until(contender.name() + " delivers", () -> arrivals.count() >= wanted);
        return arrivals.takeLatency();
    }

    static double millis(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}
