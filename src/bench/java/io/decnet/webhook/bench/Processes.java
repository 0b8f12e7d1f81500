package io.decnet.webhook.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    /** Voluntary context switches of all threads of this process that are alive. */
    static long handOffs(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.mapToLong(thread -> number(thread.resolve("status"), "voluntary_ctxt_switches:"))
                    .sum();
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
