package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load: attempts on the wire end, their outcomes are kept, the rest is handed back. */
class StopNodeFaultIT {
    private static final int TERMINATED = 143;
    private static final int WINDOW = 16;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    /** Returns how long it took. */
    private static Duration stop(Program node) throws InterruptedException {
        var asked = Instant.now();
        node.terminate();
        assertThat(node.exit()).isEqualTo(TERMINATED);
        var took = Duration.between(asked, Instant.now());
        assertThat(node.standardError()).as("ended by the launcher's limit").doesNotContain("not stopped within");
        assertThat(took).isLessThanOrEqualTo(LIMIT);
        return took;
    }

    @Test
    void anOrderlyStopUnderLoadRepeatsNothingAndLosesNothing() throws Exception {
        try (var site = Site.alone(directory, Map.of());
                var fast = Witness.healthy();
                var slow = new Witness(
                        Witness.accepting(ScriptedReceiver.after(Duration.ofSeconds(2), ScriptedReceiver.ok())))) {
            site.node().subscribe("fast", fast.url(), "\"stop.>\"", "");
            site.node().subscribe("slow", slow.url(), "\"stop.>\"", "\"concurrency\":64");
            var load = Load.steady(site.node().busUrl(), "stop.load", 100);
            load.awaitSent(500);
            site.walk();
            var took = stop(site.node());
            var rows = site.rows();
            site.walk();
            assertThat(rows.count("delivery WHERE stage = 2"))
                    .as("claims left behind")
                    .isZero();
            assertThat(fast.distinct() + slow.distinct()).isEqualTo((int) rows.delivered());
            site.node().restart();
            load.awaitSent(load.sent() + 50);
            load.end().allArriveAt(List.of(fast, slow));
            int duplicates = fast.duplicates() + slow.duplicates();
            Figures.print(
                    "SIGTERM under load: stopped in %d ms, %d events to 2 receivers, lost 0, duplicated %d",
                    took.toMillis(), load.sent(), duplicates);
            assertThat(duplicates).isZero();
            site.walk();
            stop(site.node());
            site.walk();
            assertThat(site.rows().unfinished()).isZero();
            assertThat(site.rows().delivered()).isGreaterThanOrEqualTo(2L * load.sent());
        }
    }

    @Test
    void anOrderlyStopLeavesNothingBehindThoughReceiversHang() throws Exception {
        try (var site = Site.alone(directory, Map.of());
                var hanging = Witness.healthy();
                var silent = Witness.healthy()) {
            var witnesses = List.of(hanging, silent);
            for (Witness witness : witnesses) {
                witness.hold();
                site.node()
                        .subscribe(
                                "hangs " + witness.port(),
                                witness.url(),
                                "\"hung.>\"",
                                "\"concurrency\":" + WINDOW + ",\"request_timeout\":\"60s\"");
            }
            var load = Load.burst(site.node().busUrl(), "hung.load", 200).finished();
            await().atMost(Program.PATIENCE)
                    .until(() -> witnesses.stream().allMatch(witness -> witness.attempts() == WINDOW));
            site.walk();
            var took = stop(site.node());
            assertThat(site.node().log()).contains("dispatcher.stopped", "bus.stopped");
            var rows = site.rows();
            site.walk();
            assertThat(rows.count("delivery WHERE stage = 2"))
                    .as("claims left behind")
                    .isZero();
            witnesses.forEach(Witness::letGo);
            site.node().restart();
            assertThat(site.node().log()).contains("recovered=0");
            load.allArriveAt(witnesses);
            int again = hanging.attempts() + silent.attempts() - 2 * load.sent();
            Figures.print(
                    "SIGTERM with %d attempts that hang: stopped in %d ms, nothing to recover at the next start,"
                            + " %d events to 2 receivers, lost 0, sent again %d",
                    2 * WINDOW, took.toMillis(), load.sent(), again);
            assertThat(again).isLessThanOrEqualTo(2 * WINDOW);
            site.walk();
            stop(site.node());
            site.walk();
            assertThat(site.rows().unfinished()).isZero();
            assertThat(site.rows().delivered()).isEqualTo(2L * load.sent());
        }
    }

    @Test
    void theOtherOfTwoNodesGoesOnWithoutTheOneThatStops() throws Exception {
        try (var site = Site.shared(directory, 2, Map.of());
                var fast = Witness.healthy();
                var slow = new Witness(
                        Witness.accepting(ScriptedReceiver.after(Duration.ofMillis(500), ScriptedReceiver.ok())));
                var load = Load.later(site.node().busUrl(), "leave.load", 100)) {
            site.node().subscribe("fast", fast.url(), "\"leave.>\"", "");
            site.node().subscribe("slow", slow.url(), "\"leave.>\"", "\"concurrency\":64");
            var leaving = site.node(2);
            load.begin().awaitSent(500);
            await().atMost(Program.PATIENCE).until(() -> site.rows().claimers() == 2);
            site.walk();
            var took = stop(leaving);
            assertThat(site.rows().count("node")).as("nodes that say they live").isEqualTo(1);
            assertThat(site.rows().count("delivery WHERE stage = 2 AND claimed_by NOT IN (SELECT id FROM node)"))
                    .as("claims left behind")
                    .isZero();
            site.walk();
            load.awaitSent(load.sent() + 300);
            var whileOneIsAway = load.promised().keySet();
            await().atMost(Program.PATIENCE).until(() -> whileOneIsAway.stream().allMatch(fast::has));
            leaving.restart();
            await().atMost(Program.PATIENCE).until(() -> site.rows().claimers() == 2);
            load.end().allArriveAt(List.of(fast, slow));
            site.rows().awaitFinished();
            site.walk();
            int duplicates = fast.duplicates() + slow.duplicates();
            Figures.print(
                    "SIGTERM to one of two nodes under load: stopped in %d ms, later started again, %d events to 2"
                            + " receivers, lost 0, duplicated %d",
                    took.toMillis(), load.sent(), duplicates);
            assertThat(duplicates).isZero();
            assertThat(site.rows().delivered("leave.load")).isEqualTo(2L * load.sent());
        }
    }
}
