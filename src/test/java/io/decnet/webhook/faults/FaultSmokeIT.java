package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the fault cases, in every build: facts only, no times. */
class FaultSmokeIT {
    @TempDir
    Path directory;

    @Test
    void oneNodeIsolatesAHangingReceiverAndLosesNothingWhenKilled() throws Exception {
        try (var site = Site.alone(directory, Map.of())) {
            healthyLaneDeliversBeforeTheFirstHangingAttemptEnds(site);
            KillNodeFaultIT.survives(site, 1, "smoke");
        }
    }

    @Test
    void twoNodesServeTwoOperatorsTripOnceAndOneTakesOverFromTheOther() {
        try (var site = Site.shared(directory, 2, Map.of())) {
            TwoOperatorsFaultIT.bothAreServed(site);
            TwoNodesFaultIT.tripsOnce(site);
            TwoNodesFaultIT.takesOver(site);
        }
    }

    private static void healthyLaneDeliversBeforeTheFirstHangingAttemptEnds(Site site) {
        try (var hanging = Witness.healthy();
                var healthy = Witness.healthy()) {
            hanging.hold();
            var webhook =
                    site.node().subscribe("hanging", hanging.url(), "\"isolation.>\"", "\"request_timeout\":\"60s\"");
            site.node().subscribe("healthy", healthy.url(), "\"isolation.>\"", "");
            var load = Load.burst(site.node().busUrl(), "isolation.event", 200).finished();
            await().atMost(Program.PATIENCE).until(() -> load.missingAt(healthy).isEmpty());
            assertThat(site.node()
                            .object("GET", webhook + "/deliveries?limit=1000", "")
                            .getJsonArray("items"))
                    .hasSize(load.sent())
                    .allMatch(item -> item.asJsonObject().getInt("attempts") == 0);
            hanging.letGo();
            load.allArriveAt(List.of(hanging));
            site.node().object("DELETE", webhook, "");
        }
    }
}
