package io.decnet.webhook.bench;

import java.time.Duration;

/**
 * What a contender has spent so far.
 *
 * @param cpu of its process, and of its database server where it has one
 * @param allocatedBytes of its Java heap
 * @param handOffs how often one of its threads waited for another, or for the network: voluntary context switches of its process
 */
record Spent(Duration cpu, long allocatedBytes, long handOffs) {
    Spent since(Spent earlier) {
        return new Spent(cpu.minus(earlier.cpu), allocatedBytes - earlier.allocatedBytes, handOffs - earlier.handOffs);
    }
}
