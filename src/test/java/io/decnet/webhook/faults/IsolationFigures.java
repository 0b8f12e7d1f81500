package io.decnet.webhook.faults;

import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much hanging receivers cost the healthy ones: of 100 receivers 20, 50 and 90 hang, and the rest is compared with
 * itself while those are idle, in turns. Prints medians of the rounds; judges nothing, for it measures the machine too.
 *
 * <p>{@code mvn verify -Pfaults -Dit.test=IsolationFigures}, {@code -Ddecnet.faults.rounds=3}
 */
class IsolationFigures {
    private static final int RECEIVERS = 100;
    private static final int EVENTS_A_SECOND = 5;
    private static final Duration ONSET = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration IN_TIME = Duration.ofSeconds(1);
    /** The breaker must not help. */
    private static final String NEVER_TRIPS = "\"circuit_threshold\":1000,\"retry_schedule\":\"1s,2s,4s\"";

    private final int rounds = Integer.getInteger("decnet.faults.rounds", 1);

    @TempDir
    Path directory;

    /** What the healthy receivers saw in one interval. */
    private record Seen(double p50, double p99, double share, double stall) {}

    @Test
    void print() {
        try (var site = Site.alone(directory, Map.of())) {
            for (int hanging : List.of(20, 50, 90)) {
                compare(site, hanging);
            }
        }
    }

    private void compare(Site site, int hanging) {
        var topic = "isolation" + hanging;
        List<Witness> healthy = receivers(RECEIVERS - hanging, Witness.accepting(ScriptedReceiver.ok()));
        List<String> webhooks = subscribe(site, healthy, topic + ".healthy");
        List<Seen> idle = new ArrayList<>();
        List<Seen> hung = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            idle.add(measure(site, topic, healthy));
            List<Witness> silent = receivers(hanging, ScriptedReceiver.hangAfter(""));
            List<String> hanged = subscribe(site, silent, topic + ".silent");
            var silence = Load.steady(site.node().busUrl(), topic + ".silent", EVENTS_A_SECOND);
            hung.add(measure(site, topic, healthy));
            silence.end();
            delete(site, hanged, silent);
        }
        report(hanging, idle, hung);
        delete(site, webhooks, healthy);
    }

    private static List<Witness> receivers(int count, Script script) {
        return Stream.generate(() -> new Witness(script)).limit(count).toList();
    }

    private static List<String> subscribe(Site site, List<Witness> witnesses, String topic) {
        return witnesses.stream()
                .map(witness -> site.node()
                        .subscribe(topic + " at " + witness.port(), witness.url(), "\"" + topic + "\"", NEVER_TRIPS))
                .toList();
    }

    private static void delete(Site site, List<String> webhooks, List<Witness> witnesses) {
        webhooks.forEach(webhook -> site.node().object("DELETE", webhook, ""));
        witnesses.forEach(Witness::close);
    }

    private static Seen measure(Site site, String topic, List<Witness> healthy) {
        try (var load = Load.steady(site.node().busUrl(), topic + ".healthy", EVENTS_A_SECOND)) {
            var began = Instant.now();
            var end = began.plus(ONSET).plus(MEASURED);
            await().atMost(Program.PATIENCE).until(() -> Instant.now().isAfter(end));
            load.end().allArriveAt(healthy);
            var onset = Latencies.between(load, healthy, began, began.plus(ONSET));
            var after = Latencies.between(load, healthy, began.plus(ONSET), Instant.MAX);
            double share = after.within(IN_TIME) * 100.0 / after.count();
            return new Seen(after.percentile(50), after.percentile(99), share, onset.longest());
        }
    }

    private static void report(int hanging, List<Seen> idle, List<Seen> hung) {
        double calm = median(idle.stream().mapToDouble(Seen::p99));
        double p99 = median(hung.stream().mapToDouble(Seen::p99));
        Figures.print(
                "isolation: %d of %d hang: healthy p50 %.1f ms (idle %.1f), p99 %.1f ms (idle %.1f), ratio %.2f,"
                        + " within 1 s %.1f %% (idle %.1f), longest at the onset %.0f ms (idle %.0f)",
                hanging,
                RECEIVERS,
                median(hung.stream().mapToDouble(Seen::p50)),
                median(idle.stream().mapToDouble(Seen::p50)),
                p99,
                calm,
                p99 / calm,
                median(hung.stream().mapToDouble(Seen::share)),
                median(idle.stream().mapToDouble(Seen::share)),
                median(hung.stream().mapToDouble(Seen::stall)),
                median(idle.stream().mapToDouble(Seen::stall)));
    }

    private static double median(DoubleStream values) {
        var sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
