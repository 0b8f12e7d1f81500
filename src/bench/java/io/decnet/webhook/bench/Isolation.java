package io.decnet.webhook.bench;

import io.decnet.webhook.system.Program;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What receivers that never answer cost those that do, and how long such a one is tried. */
final class Isolation {
    private static final int RECEIVERS = 100;
    private static final List<Integer> HANGING = List.of(20, 50, 90);
    private static final int EVENTS_A_SECOND = 10;
    /**
     * So many topics, whose events come in turn, each for a part of the receivers: four times as many events as with one topic for all, and a p99 that fewer accidents decide. It is an easier load: what comes at
     * the same moment is a quarter.
     */
    private static final int TOPICS = 4;

    private static final int ONSET_SECONDS = 10;
    /** Of each half, for each round: calm, hanging, and calm again, with one onset, since its first timeouts come all at once. */
    private static final int SECONDS = 20;
    /** The compilers of the Java machine take more than the work itself at first; these are for them. */
    private static final int WARM_UP_EVENTS = 1_500;

    private static final int WARM_UP_SECONDS = 70;
    private static final Path UNIT = Path.of("server-config/decnet-webhook.service");

    private static final String NEVER_TRIPS = "\"circuit_threshold\":1000";
    /** Ten times as many attempts fail as do by default. */
    private static final String SOON_SILENT = NEVER_TRIPS + ",\"request_timeout\":\"1s\"";

    private static final String PAUSE = "{\"enabled\":false}";
    private static final int ALL_EVENTS_A_SECOND = EVENTS_A_SECOND * TOPICS;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / ALL_EVENTS_A_SECOND;
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Isolation() {}

    static void run(Part.Arena arena, Figures figures) throws Exception {
        try (Product product =
                Product.onH2InHeapOf(shippedHeap(), arena.directory().resolve("isolation"))) {
            warmUp(product, arena.sink());
            for (int hanging : HANGING) {
                compare(product, arena, hanging, figures);
            }
        }
    }

    /** What the unit for operators says of the heap and its collector. */
    private static String shippedHeap() throws IOException {
        Matcher heap = Pattern.compile("java (-X.+) -jar").matcher(Files.readString(UNIT));
        if (!heap.find()) {
            throw new IllegalStateException(UNIT + " says nothing of the heap");
        }
        return heap.group(1);
    }

    /** As many answer, and then hang, as ever will, and those sooner. */
    private static void warmUp(Product product, Sink sink) throws Exception {
        Healthy healthy = new Healthy(product, sink, "healthy", RECEIVERS - HANGING.get(0));
        List<String> answering = subscribe(product.program(), sink, healthy.group, healthy.count, "");
        healthy.burst(WARM_UP_EVENTS);
        pause(product.program(), answering);
        List<String> hung =
                subscribeHanging(product.program(), sink, "silent", HANGING.get(HANGING.size() - 1), SOON_SILENT);
        publish(product, "silent", WARM_UP_SECONDS, Publisher.soon());
        pause(product.program(), hung);
    }

    private static void pause(Program program, List<String> webhooks) {
        webhooks.forEach(webhook -> program.object("PATCH", webhook, PAUSE));
    }

    /** What comes later meets a program that is warmer, so half of the calm comes before and half after. */
    private static void compare(Product product, Part.Arena arena, int hanging, Figures figures) throws Exception {
        Program program = product.program();
        Sink sink = arena.sink();
        String silent = "silent-" + hanging;
        List<String> hung = subscribeHanging(program, sink, silent, hanging, NEVER_TRIPS);
        Healthy healthy = new Healthy(product, sink, "healthy-" + hanging, RECEIVERS - hanging);
        subscribe(program, sink, healthy.group, healthy.count, NEVER_TRIPS);
        int seconds = SECONDS * arena.rounds();
        healthy.latencies(ONSET_SECONDS); // at the pace of what is measured next, which then meets a warmer program
        Histogram calm = healthy.latencies(seconds / 2);
        long start = Publisher.soon();
        long between = start + PERIOD_NANOS / 2;
        CompletableFuture<Void> silence =
                CompletableFuture.runAsync(() -> publish(product, silent, ONSET_SECONDS + seconds, between));
        Histogram onset = healthy.latencies(ONSET_SECONDS, start);
        Histogram after = healthy.latencies(seconds, start + TimeUnit.SECONDS.toNanos(ONSET_SECONDS));
        silence.join();
        pause(program, hung);
        healthy.latencies(ONSET_SECONDS); // until what hangs has come to its deadline
        calm.add(healthy.latencies(seconds - seconds / 2));
        add(figures, ", " + hanging + " of " + RECEIVERS + " hang", calm, onset, after);
    }

    /** Those that answer. */
    private record Healthy(Product product, Sink sink, String group, int count) {
        void burst(int eventsForEach) throws InterruptedException {
            for (String topic : topics(group)) {
                product.publisher().burst(topic, eventsForEach);
            }
            await(sink.arrivals(group), (long) count * eventsForEach);
        }

        private static void await(Sink.Arrivals arrivals, long wanted) throws InterruptedException {
            Waiting.until("healthy receivers get theirs", () -> arrivals.count() >= wanted);
        }

        Histogram latencies(int seconds) throws Exception {
            return latencies(seconds, Publisher.soon());
        }

        /**
         * Of the events of so many seconds.
         *
         * @param start of {@link System#nanoTime}
         */
        Histogram latencies(int seconds, long start) throws Exception {
            Sink.Arrivals arrivals = sink.arrivals(group);
            arrivals.takeLatency();
            long wanted = arrivals.count() + (long) count * EVENTS_A_SECOND * seconds;
            publish(product, group, seconds, start);
            await(arrivals, wanted);
            return arrivals.takeLatency();
        }
    }

    private static List<String> subscribeHanging(Program program, Sink sink, String group, int count, String settings) {
        for (int i = 0; i < count; i++) {
            sink.hang("/" + group + "/" + i);
        }
        return subscribe(program, sink, group, count, settings);
    }

    private static void add(Figures figures, String of, Histogram calm, Histogram onset, Histogram after) {
        double p99 = Latency.millis(after, 99);
        double calmP99 = Latency.millis(calm, 99);
        figures.add(Figure.less("p99 of the healthy" + of, "ms", ""), "H2", p99);
        figures.add(Figure.less("the same while those are idle" + of, "ms", ""), "H2", calmP99);
        figures.add(Figure.less("ratio of the two" + of, "×", "≤ 1.3"), "H2", p99 / calmP99);
        double inTime = after.getPercentileAtOrBelowValue((long) SECOND_NANOS);
        figures.add(Figure.more("delivered within 1 s" + of, "%", "≥ 90"), "H2", inTime);
        figures.add(
                Figure.less("longest stall of a healthy one" + of, "s", "≤ 1.5"),
                "H2",
                Math.max(onset.getMaxValue(), after.getMaxValue()) / SECOND_NANOS);
    }

    private static List<String> subscribe(Program program, Sink sink, String group, int count, String settings) {
        List<String> webhooks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            webhooks.add(program.subscribe(
                    group + "-" + i,
                    sink.url("/" + group + "/" + i),
                    "\"" + topics(group).get(i % TOPICS) + "\"",
                    settings));
        }
        return webhooks;
    }

    private static List<String> topics(String group) {
        return IntStream.range(0, TOPICS).mapToObj(i -> group + ".seen-" + i).toList();
    }

    /** Ten events a second for each of the group. */
    private static void publish(Product product, String group, int seconds, long start) {
        publish(product, topics(group), ALL_EVENTS_A_SECOND, seconds, start);
    }

    private static void publish(Product product, List<String> topics, int perSecond, int seconds, long start) {
        try {
            product.publisher().steady(topics, perSecond, seconds, start);
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
            CompletableFuture<Void> load = CompletableFuture.runAsync(
                    () -> publish(product, List.of("trip.seen"), EVENTS_A_SECOND, 65, Publisher.soon()));
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
