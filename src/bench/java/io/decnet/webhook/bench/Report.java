package io.decnet.webhook.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes each part's table between its markers in {@code docs/benchmarks.md}, so that parts can be measured one by one. */
final class Report {
    private final Path docs;

    Report(Path docs) {
        this.docs = docs;
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    void write(String part, Figures figures, double loadBefore) throws IOException {
        String text = figures.table() + "\n"
                + String.format(
                        Locale.ROOT,
                        "%s, %d cores, Java %s, medians of up to %d, load before %.1f, %s%n",
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        figures.most(),
                        loadBefore,
                        LocalDate.now(ZoneOffset.UTC));
        System.out.println("\n## " + part + "\n\n" + text);
        Path page = docs.resolve("benchmarks.md");
        String old = Files.readString(page);
        String begin = "<!-- " + part + " -->\n";
        String end = "<!-- end of " + part + " -->";
        int from = old.indexOf(begin);
        int to = old.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no markers for " + part);
        }
        Files.writeString(page, old.substring(0, from + begin.length()) + text + old.substring(to));
    }

    void chart(String title, Figures figures) throws IOException {
        Files.writeString(docs.resolve("images").resolve("benchmarks.svg"), new Chart(title, figures).svg());
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
