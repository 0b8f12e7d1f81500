package io.decnet.webhook.bench;

import java.nio.file.Path;

/** One part of the benchmark: what it measures goes into a table of its own. */
@FunctionalInterface
interface Part {
    void run(Arena arena, Figures figures) throws Exception;

    /**
     * What parts share.
     *
     * @param directory for data, deleted in the end
     * @param rounds how often to measure, one contender after the other
     */
    record Arena(Path directory, Sink sink, Standing standing, int rounds) {}
}
