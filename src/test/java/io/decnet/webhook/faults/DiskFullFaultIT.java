package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under an embedded store fills up, and has room again later. Needs the right to mount a small tmpfs; without
 * it the case says so and proves nothing.
 */
class DiskFullFaultIT {
    private static final Duration FULL = Duration.ofSeconds(15);
    /** Attempts on the wire at once to one receiver. */
    private static final int IN_FLIGHT = 8;

    @TempDir
    Path directory;

    @Test
    void theDatabaseHasNoRoom() throws Exception {
        // H2's own file takes more than 24 MB, and what it has written over is free only after a while.
        survives("db", "256m");
    }

    @Test
    void theBrokerHasNoRoom() throws Exception {
        survives("broker", "160m");
    }

    private void survives(String store, String size) throws IOException, InterruptedException {
        var disk = Files.createDirectories(directory.resolve("data").resolve(store));
        if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString()) != 0) {
            Figures.print("disk full under %s: not reached, no tmpfs can be mounted here", store);
            return;
        }
        try (var site = Site.alone(directory, Map.of());
                var witness = Witness.healthy()) {
            site.node().subscribe("healthy", witness.url(), "\"full.>\"", "");
            try (var load = Load.steady(site.node().busUrl(), "full.load", 100)) {
                load.awaitSent(200);
                await().atMost(Program.PATIENCE).until(() -> witness.distinct() > 100);
                var filler = disk.resolve("filler");
                fill(filler, Files.getFileStore(disk));
                int sentBefore = load.sent();
                var since = Instant.now();
                await().atMost(Program.PATIENCE).until(() -> Instant.now().isAfter(since.plus(FULL)));
                int sentFull = load.sent() - sentBefore;
                boolean alive = site.node().isAlive();
                assertThat(load.failed() > 0 || site.node().log().contains("event.not-taken"))
                        .as("something has failed while it was full")
                        .isTrue();
                Files.delete(filler);
                var roomAgain = Instant.now();
                if (!site.node().isAlive()) {
                    site.node().restart();
                }
                load.awaitSent(load.sent() + 200);
                load.end().allArriveAt(List.of(witness));
                Figures.print(
                        "disk full under %s for %d s: node %s, %d sends promised meanwhile, %d in all, lost 0,"
                                + " duplicated %d, caught up %d s after there was room",
                        store,
                        FULL.toSeconds(),
                        alive ? "went on" : "ended and was started again",
                        sentFull,
                        load.sent(),
                        witness.duplicates(),
                        Duration.between(roomAgain, Instant.now()).toSeconds());
                assertThat(witness.duplicates()).isLessThanOrEqualTo(IN_FLIGHT);
            }
            site.walk();
            site.node().terminate();
            assertThat(site.node().exit()).isEqualTo(143);
            site.walk();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** Takes all the room there is and whatever comes free for a while. */
    private static void fill(Path filler, FileStore disk) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            var chunk = new byte[64 * 1024];
            while (disk.getUsableSpace() > 0) {
                out.write(chunk, 0, (int) Math.min(chunk.length, disk.getUsableSpace()));
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
