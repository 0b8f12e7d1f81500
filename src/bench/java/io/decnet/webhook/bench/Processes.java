package io.decnet.webhook.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operating system says of a process. */
final class Processes {
    private Processes() {}

    /** CPU time of this process. */
    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** CPU time of this process and its children that are alive. */
    static Duration cpuOfTree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Processes::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Voluntary context switches of each thread of this process that is alive. */
    static Map<Long, Long> handOffs(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            Map<Long, Long> each = threads.collect(Collectors.toMap(
                    thread -> Long.valueOf(thread.getFileName().toString()),
                    thread -> number(thread.resolve("status"), "voluntary_ctxt_switches:")));
            each.values().removeIf(number -> number == 0); // has just ended
            return each;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long residentBytes(long pid) {
        return 1024 * number(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    /** 0 also for a thread that has just ended. */
    private static long number(Path status, String key) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
