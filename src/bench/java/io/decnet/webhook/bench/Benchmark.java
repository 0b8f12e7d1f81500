package io.decnet.webhook.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Runs the parts that are named, or all, and writes their tables. */
public final class Benchmark {
    private static final Map<String, Part> PARTS = new LinkedHashMap<>();
    /** These share the contenders; the others have the machine for themselves. */
    private static final Set<String> SIDE_BY_SIDE = Set.of("boot", "throughput", "latency", "recovery", "waiting");

    static {
        PARTS.put("boot", Standing::boots);
        PARTS.put("throughput", Bursts::throughput);
        PARTS.put("latency", Latency::run);
        PARTS.put("recovery", Bursts::recovery);
        PARTS.put("waiting", Million::run);
        PARTS.put("isolation", Isolation::run);
        PARTS.put("trip", Isolation::trip);
        PARTS.put("pages", LongLog::run);
        PARTS.put("kernels", Kernels::run);
    }

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? List.copyOf(PARTS.keySet()) : List.of(arguments);
        if (!PARTS.keySet().containsAll(names)) {
            System.err.println("the parts are " + String.join(", ", PARTS.keySet()));
            System.exit(2);
        }
        // The database server tells its life at length.
        Logger.getLogger("").setLevel(Level.WARNING);
        int rounds = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "3"));
        Path directory = Files.createTempDirectory("decnet-bench");
        Report report = new Report(Path.of(System.getProperty("decnet.bench.docs")));
        try (Sink sink = new Sink();
                Standing standing = new Standing(directory, sink)) {
            Part.Arena arena = new Part.Arena(directory, sink, standing, rounds);
            for (String name : names) {
                double load = Report.load();
                long start = System.nanoTime();
                Figures figures = new Figures();
                if (!SIDE_BY_SIDE.contains(name)) {
                    standing.stop();
                }
                PARTS.get(name).run(arena, figures);
                report.write(name, figures, load);
                System.err.println(name + " took " + (System.nanoTime() - start) / 1_000_000_000 + " s");
                if (name.equals("throughput")) {
                    report.chart("Deliveries of 512 bytes, everything recorded (Camel: nothing)", figures);
                }
            }
        } finally {
            delete(directory);
        }
        System.exit(0);
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
