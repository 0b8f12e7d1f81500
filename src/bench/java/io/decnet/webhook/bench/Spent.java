package io.decnet.webhook.bench;

import java.time.Duration;
import java.util.Map;

/**
 * What a contender has spent so far.
 *
 * @param cpu of its process, and of its database server where it has one
 * @param allocatedBytes of its Java heap, by each thread that lives
 * @param handOffs how often each of the threads that live waited for another, or for the network: its voluntary context switches
 */
record Spent(Duration cpu, Map<Long, Long> allocatedBytes, Map<Long, Long> handOffs) {
    /** What was spent in between; by threads only that of those which still live. */
    record Between(Duration cpu, long allocatedBytes, long handOffs) {}

    Between since(Spent earlier) {
        return new Between(
                cpu.minus(earlier.cpu),
                growth(earlier.allocatedBytes, allocatedBytes),
                growth(earlier.handOffs, handOffs));
    }

    private static long growth(Map<Long, Long> before, Map<Long, Long> now) {
        return now.entrySet().stream()
                .mapToLong(thread -> Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L)))
                .sum();
    }
}
