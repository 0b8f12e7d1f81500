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
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two nodes dies, freezes, or fails together with the other. */
class TwoNodesFaultIT {
    private static final Duration FROZEN = Duration.ofSeconds(60);
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(30);
    private static final int WINDOW = 8;

    @TempDir
    Path directory;

    private Site site;

    @BeforeEach
    void start() {
        site = Site.shared(directory, 2, Map.of());
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** The rows that the first of the nodes has claimed. */
    private static String claimsOfTheFirst(Site site) {
        var first = site.rows().list("SELECT id FROM node ORDER BY started_at").get(0);
        return "delivery WHERE claimed_by = '" + first + "'";
    }

    private static void rest(Duration time) {
        var until = Instant.now().plus(time);
        await().atMost(time.plus(Program.PATIENCE)).until(() -> Instant.now().isAfter(until));
    }

    @Test
    void theOtherNodeTakesOverWhatTheDeadOneHadClaimed() {
        assertThat(takesOver(site)).isLessThanOrEqualTo(TAKEN_OVER_WITHIN);
    }

    /** Kills the first of two nodes, both with deliveries in hand: returns after how long the other takes over. It delivers them. */
    static Duration takesOver(Site site) {
        try (var held = Witness.healthy();
                var healthy = Witness.healthy()) {
            held.hold();
            site.node(1).subscribe("held", held.url(), "\"take.>\"", "\"request_timeout\":\"60s\"");
            site.node(1).subscribe("healthy", healthy.url(), "\"take.>\"", "");
            var load = Load.burst(site.node().busUrl(), "take.over", 400).finished();
            await().atMost(Program.PATIENCE)
                    .until(() -> site.rows().delivered("take.over") == load.sent()
                            && site.rows().claimers() == 2);
            var claims = claimsOfTheFirst(site);
            long claimed = site.rows().count(claims);
            site.node(1).kill();
            var died = Instant.now();
            held.letGo();
            await().atMost(Program.PATIENCE).until(() -> site.rows().count(claims) == 0);
            var took = Duration.between(died, Instant.now());
            site.rows().walk();
            load.allArriveAt(List.of(held, healthy));
            site.rows().awaitFinished();
            site.walk();
            int duplicates = held.duplicates() + healthy.duplicates();
            Figures.print(
                    "one of two nodes killed with %d claims: taken over after %.1f s, all delivered after %.1f s,"
                            + " lost 0, duplicated %d",
                    claimed,
                    took.toMillis() / 1000.0,
                    Duration.between(died, Instant.now()).toMillis() / 1000.0,
                    duplicates);
            assertThat(site.rows().delivered("take.over")).isEqualTo(2L * load.sent());
            assertThat(duplicates).isLessThanOrEqualTo(WINDOW);
            return took;
        }
    }

    @Test
    void aZombieChangesNothingWhenItWakes() {
        var gate = new CountDownLatch(1);
        try (var held = new Witness(ScriptedReceiver.heldUntil(gate, ScriptedReceiver.status(500, "late")));
                var healthy = Witness.healthy()) {
            var webhook = site.node(2)
                    .subscribe(
                            "held", held.url(), "\"zombie.>\"", "\"request_timeout\":\"60s\",\"retry_schedule\":\"\"");
            site.node(2).subscribe("healthy", healthy.url(), "\"zombie.>\"", "");
            var load = Load.burst(site.node().busUrl(), "zombie.load", 200).finished();
            await().atMost(Program.PATIENCE)
                    .until(() ->
                            healthy.distinct() == load.sent() && site.rows().claimers() == 2);
            var claims = claimsOfTheFirst(site);
            Signal.STOP.to(site.node(1).pid());
            var frozen = Instant.now();
            held.script(Witness.accepting(ScriptedReceiver.ok()));
            // The attempts of the living node end badly now, but the zombie's own answers wait in its sockets.
            gate.countDown();
            await().atMost(Program.PATIENCE).until(() -> site.rows().count(claims) == 0);
            var took = Duration.between(frozen, Instant.now());
            site.rows().walk();
            if (!site.node(2).webhook(webhook).getBoolean("enabled")) {
                site.node(2).object("PATCH", webhook, "{\"enabled\":true}");
            }
            await().atMost(Program.PATIENCE).until(() -> site.rows().unfinished() == 0);
            rest(FROZEN.minus(Duration.between(frozen, Instant.now())));
            var before = site.rows().list("SELECT id, stage, attempts FROM delivery ORDER BY id");
            var circuit =
                    site.rows().list("SELECT epoch, state, consecutive_failures FROM circuit ORDER BY subscription_id");
            int attempts = held.attempts();
            Signal.CONT.to(site.node(1).pid());
            await().atMost(Program.PATIENCE)
                    .until(() -> site.node(1).call("GET", "/status", "").statusCode() == 200);
            rest(Duration.ofSeconds(10));
            assertThat(site.rows().list("SELECT id, stage, attempts FROM delivery ORDER BY id"))
                    .isEqualTo(before);
            assertThat(site.rows()
                            .list("SELECT epoch, state, consecutive_failures FROM circuit ORDER BY subscription_id"))
                    .isEqualTo(circuit);
            assertThat(held.attempts()).as("attempts the zombie started").isEqualTo(attempts);
            var more = Load.burst(site.node().busUrl(), "zombie.again", 100).finished();
            more.allArriveAt(List.of(healthy, held));
            load.allArriveAt(List.of(healthy));
            site.rows().awaitFinished();
            site.walk();
            int again = held.attempts() - held.begun() + healthy.duplicates();
            Figures.print(
                    "zombie: frozen %d s, taken over after %d ms, its late outcomes changed nothing, it started no"
                            + " attempt on waking; lost at the healthy receiver 0, sent again to both %d",
                    FROZEN.toSeconds(), took.toMillis(), again);
            assertThat(again).isLessThanOrEqualTo(2 * WINDOW);
            assertThat(took).isLessThanOrEqualTo(TAKEN_OVER_WITHIN);
        }
    }

    @Test
    void theBreakerTripsOnceAtTheRightCountWithBothNodesFailing() {
        tripsOnce(site);
    }

    /** A receiver fails both of two nodes: one trip, at the right count, and nothing starts after it. */
    static void tripsOnce(Site site) {
        try (var broken = new Witness(ScriptedReceiver.status(503, "down"));
                var healthy = Witness.healthy()) {
            int threshold = 40;
            var webhook = site.node(1)
                    .subscribe(
                            "broken",
                            broken.url(),
                            "\"trip.>\"",
                            "\"retry_schedule\":\"\",\"circuit_threshold\":" + threshold);
            site.node(2).subscribe("trips not", healthy.url(), "\"trip.>\"", "");
            site.node(2).subscribe("alarms", healthy.url(), "\"system.webhook.tripped\"", "");
            try (var load = Load.steady(site.node().busUrl(), "trip.load", 100)) {
                await().atMost(Program.PATIENCE)
                        .until(() ->
                                site.node(2).webhook(webhook).getString("state").equals("tripped"));
                rest(Duration.ofSeconds(5));
                var seen = site.node(1).webhook(webhook);
                var trippedAt = Instant.parse(seen.getString("auto_disabled_at"));
                long failed = site.rows().count("delivery WHERE stage = 11");
                load.end().allArriveAt(List.of(healthy));
                long late = broken.attemptsSince(trippedAt.plusSeconds(1));
                long alarms = site.rows().count("event WHERE topic = 'system.webhook.tripped'");
                Figures.print(
                        "both nodes failing: tripped at %d of %d with %d failed deliveries recorded, %d alarm,"
                                + " %d attempts later than 1 s after the trip",
                        seen.getInt("consecutive_failures"), threshold, failed, alarms, late);
                assertThat(alarms).isEqualTo(1);
                assertThat(late).isZero();
                assertThat(seen.getInt("consecutive_failures")).isEqualTo(threshold);
                assertThat(failed).isBetween((long) threshold, threshold + 2L * WINDOW);
                assertThat(site.rows().list("SELECT epoch, state FROM circuit WHERE state = 'tripped'"))
                        .hasSize(1);
            }
            broken.script(Witness.accepting(ScriptedReceiver.ok()));
            site.node(1).object("PATCH", webhook, "{\"enabled\":true}");
            site.rows().awaitFinished();
            site.walk();
        }
    }
}
