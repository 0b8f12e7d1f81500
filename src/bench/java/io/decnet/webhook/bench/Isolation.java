package io.decnet.webhook.bench;

import io.decnet.webhook.system.Program;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What receivers that never answer cost those that do, and how long such a one is tried. */
final class Isolation {
    private static final int RECEIVERS = 100;
    private static final List<Integer> HANGING = List.of(20, 50, 90);
    private static final int EVENTS_A_SECOND = 10;
    private static final int ONSET_SECONDS = 10;
    private static final int SECONDS = 20;
    /** The compilers of the Java machine take more than the work itself at first; these are for them. */
    private static final int WARM_UP_EVENTS = 600;

    private static final int WARM_UP_SECONDS = 40;
    /** As {@code server-config} ships it. */
    private static final String HEAP = "-Xms1g -Xmx1g";

    private static final String NEVER_TRIPS = "\"circuit_threshold\":1000";
    /** Ten times as many attempts fail as do by default. */
    private static final String SOON_SILENT = NEVER_TRIPS + ",\"request_timeout\":\"1s\"";

    private static final String PAUSE = "{\"enabled\":false}";
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / EVENTS_A_SECOND;
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Isolation() {}

    /** What the healthy saw in all rounds: at the onset, and from ten seconds after it. */
    private record Seen(Histogram onset, Histogram after) {
        static Seen nothing() {
            return new Seen(Sink.Arrivals.fresh(), Sink.Arrivals.fresh());
        }

        void add(Seen round) {
            onset.add(round.onset);
            after.add(round.after);
        }

        double p99() {
            return Latency.millis(after, 99);
        }
    }

    static void run(Part.Arena arena, Figures figures) throws Exception {
        try (Product product = Product.onH2InHeapOf(HEAP, arena.directory().resolve("isolation"))) {
            warmUp(product, arena.sink());
            for (int hanging : HANGING) {
                compare(product, arena, hanging, figures);
            }
        }
    }

    /** As many hang as ever will, and sooner. */
    private static void warmUp(Product product, Sink sink) {
        List<String> hung =
                subscribeHanging(product.program(), sink, "silent", HANGING.get(HANGING.size() - 1), SOON_SILENT);
        publish(product, "silent.seen", WARM_UP_SECONDS, Publisher.soon());
        hung.forEach(webhook -> product.program().object("PATCH", webhook, PAUSE));
    }

    private static void compare(Product product, Part.Arena arena, int hanging, Figures figures) throws Exception {
        Program program = product.program();
        String group = "healthy-" + hanging;
        int healthy = RECEIVERS - hanging;
        subscribe(program, arena.sink(), group, healthy, NEVER_TRIPS);
        warmUp(product, arena.sink(), group, healthy);
        Seen idle = Seen.nothing();
        Seen seen = Seen.nothing();
        for (int round = 0; round < arena.rounds(); round++) {
            String silent = "silent-" + hanging + "-" + round;
            List<String> hung = subscribeHanging(program, arena.sink(), silent, hanging, NEVER_TRIPS);
            // What comes second meets a program that is warmer, so they take turns.
            if (round % 2 == 0) {
                idle.add(measure(product, group, healthy, arena.sink()));
            }
            long between = Publisher.soon() + PERIOD_NANOS / 2;
            CompletableFuture<Void> silence = CompletableFuture.runAsync(
                    () -> publish(product, silent + ".seen", ONSET_SECONDS + SECONDS, between));
            seen.add(measure(product, group, healthy, arena.sink()));
            silence.join();
            hung.forEach(webhook -> program.object("PATCH", webhook, PAUSE));
            if (round % 2 == 1) {
                idle.add(measure(product, group, healthy, arena.sink()));
            }
        }
        add(figures, ", " + hanging + " of " + RECEIVERS + " hang", idle, seen);
    }

    private static void warmUp(Product product, Sink sink, String group, int healthy) throws Exception {
        Sink.Arrivals arrivals = sink.arrivals(group);
        product.publisher().burst(group + ".seen", WARM_UP_EVENTS);
        long wanted = (long) healthy * WARM_UP_EVENTS;
        Waiting.until("healthy receivers get theirs", () -> arrivals.count() >= wanted);
    }

    private static List<String> subscribeHanging(Program program, Sink sink, String group, int count, String settings) {
        for (int i = 0; i < count; i++) {
            sink.hang("/" + group + "/" + i);
        }
        return subscribe(program, sink, group, count, settings);
    }

    private static void add(Figures figures, String of, Seen idle, Seen seen) {
        figures.add(Figure.less("p99 of the healthy" + of, "ms", ""), "H2", seen.p99());
        figures.add(Figure.less("the same while those are idle" + of, "ms", ""), "H2", idle.p99());
        figures.add(Figure.less("ratio of the two" + of, "×", "≤ 1.3"), "H2", seen.p99() / idle.p99());
        double inTime = seen.after().getPercentileAtOrBelowValue((long) SECOND_NANOS);
        figures.add(Figure.more("delivered within 1 s" + of, "%", "≥ 90"), "H2", inTime);
        figures.add(
                Figure.less("longest stall of a healthy one" + of, "s", "≤ 1.5"),
                "H2",
                Math.max(seen.onset().getMaxValue(), seen.after().getMaxValue()) / SECOND_NANOS);
    }

    private static List<String> subscribe(Program program, Sink sink, String group, int count, String settings) {
        List<String> webhooks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            webhooks.add(program.subscribe(
                    group + "-" + i, sink.url("/" + group + "/" + i), "\"" + group + ".>\"", settings));
        }
        return webhooks;
    }

    /** Ten seconds on, what hung in the round before has come to its deadline, too. */
    private static Seen measure(Product product, String group, int subscriptions, Sink sink) throws Exception {
        Sink.Arrivals arrivals = sink.arrivals(group);
        arrivals.takeLatency();
        long counted = arrivals.count();
        long start = Publisher.soon();
        product.publisher().steady(group + ".seen", EVENTS_A_SECOND, ONSET_SECONDS, start);
        Histogram onset = arrivals.takeLatency();
        product.publisher()
                .steady(group + ".seen", EVENTS_A_SECOND, SECONDS, start + TimeUnit.SECONDS.toNanos(ONSET_SECONDS));
        long wanted = counted + (long) subscriptions * EVENTS_A_SECOND * (ONSET_SECONDS + SECONDS);
        Waiting.until("healthy receivers get theirs", () -> arrivals.count() >= wanted);
        return new Seen(onset, arrivals.takeLatency());
    }

    private static void publish(Product product, String topic, int seconds, long start) {
        try {
            product.publisher().steady(topic, EVENTS_A_SECOND, seconds, start);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One receiver that never answers, at ten events a second, by the default settings. */
    static void trip(Part.Arena arena, Figures figures) throws Exception {
        try (Product product = Product.onH2(arena.directory().resolve("trip"))) {
            Program program = product.program();
            arena.sink().hang("/trip/0");
            String webhook = program.subscribe("trip", arena.sink().url("/trip/0"), "\"trip.>\"", "");
            long start = System.nanoTime();
            CompletableFuture<Void> load =
                    CompletableFuture.runAsync(() -> publish(product, "trip.seen", 65, Publisher.soon()));
            Waiting.until(
                    "the circuit trips",
                    () -> program.webhook(webhook).getString("state").equals("tripped"));
            Instant tripped = Instant.now();
            figures.add(
                    Figure.less("a silent receiver trips after", "s, 10 events/s", "≤ 60 s"),
                    "H2",
                    (System.nanoTime() - start) / SECOND_NANOS);
            Waiting.until("a second has gone by", () -> Instant.now().isAfter(tripped.plus(Duration.ofSeconds(1))));
            long soFar = arena.sink().arrivals("trip").count();
            load.join();
            figures.add(Figure.less("attempts that began later than 1 s after the trip", "", "0"), "H2", (double)
                    (arena.sink().arrivals("trip").count() - soFar));
        }
    }
}
