package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of a burst, again and again. */
class KillNodeFaultIT {
    private static final int KILLS = 5;
    private static final int EVENTS_A_ROUND = 400;

    private static final String TOPIC = "burst.kill";

    @TempDir
    Path directory;

    @Test
    void losesNothingOnItsOwnDatabaseAndBroker() throws InterruptedException {
        try (var site = Site.alone(directory, Map.of())) {
            survives(site, KILLS, "alone");
        }
    }

    @Test
    void losesNothingWithTwoNodesOnPostgresAndAnExternalBroker() throws InterruptedException {
        try (var site = Site.shared(directory, 2, Map.of())) {
            survives(site, KILLS, "shared");
        }
    }

    /** Kills the nodes in turn, so many times, and starts each again. */
    static void survives(Site site, int kills, String name) throws InterruptedException {
        try (var fast = Witness.healthy();
                var slow = new Witness(
                        Witness.accepting(ScriptedReceiver.after(Duration.ofMillis(20), ScriptedReceiver.ok())))) {
            var witnesses = List.of(fast, slow);
            for (int i = 0; i < witnesses.size(); i++) {
                site.node().subscribe("w" + i, witnesses.get(i).url(), "\"burst.>\"", "");
            }
            try (var load = Load.steady(site.node().busUrl(), TOPIC, 400)) {
                long unrecorded = 0;
                for (int kill = 0; kill < kills; kill++) {
                    int before = fast.distinct();
                    await().atMost(Program.PATIENCE).until(() -> fast.distinct() >= before + EVENTS_A_ROUND);
                    unrecorded += killAndRestart(site, kill, witnesses);
                }
                load.end().allArriveAt(witnesses);
                settled(site);
                long duplicates =
                        witnesses.stream().mapToLong(Witness::duplicates).sum();
                Figures.print(
                        "kill -9, %s: %d kills, %d events to 2 receivers, lost 0, duplicated %d of %d unrecorded at the"
                                + " kills",
                        name, kills, load.sent(), duplicates, unrecorded);
                assertThat(duplicates).isLessThanOrEqualTo(unrecorded);
            }
        }
    }

    /** Returns how many deliveries had begun and had no outcome in the table when the node died. */
    private static long killAndRestart(Site site, int kill, List<Witness> witnesses) {
        boolean alone = site.nodes().size() == 1;
        var victim = site.nodes().get(kill % site.nodes().size());
        long before = alone ? 0 : site.rows().delivered(TOPIC);
        victim.kill();
        // Alone nothing goes on meanwhile; else the other node delivers, and what has begun must be counted at once.
        long recorded = alone ? site.rows().delivered(TOPIC) : before;
        int begun = witnesses.stream().mapToInt(Witness::begun).sum();
        site.rows().walk();
        victim.restart();
        return begun - recorded;
    }

    private static void settled(Site site) throws InterruptedException {
        site.walk();
        if (site.nodes().size() == 1) {
            site.node().terminate();
            assertThat(site.node().exit()).isEqualTo(143);
        }
        site.rows().awaitFinished();
        site.walk();
    }
}
