package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that are away for long: what waits for them costs no memory, has a limit, and comes in the end. */
class BacklogFaultIT {
    private static final Duration LONG = Duration.ofMinutes(20);
    /**
     * Of the heap of 512 MiB: about 100 for the program without work, and an eighth of it, 64, for bodies in hand. What waits
     * is in the table.
     */
    private static final long LIVE_MIB = 192;
    /** The heap, and 768 for classes, code, threads and the buffers of the broker. */
    private static final long RESIDENT_MIB = 1280;
    /** Longer than it takes to trip: what has been tried waits with the rest. */
    private static final String PATIENT = "\"retry_schedule\":\"1s,2s,4s,20s,20s\"";

    @TempDir
    Path directory;

    @Test
    void twoHundredThousandEventsWaitForFortyReceiversInBoundedMemory() throws Exception {
        int subscriptions = 40;
        int events = 5000;
        List<Witness> witnesses = new ArrayList<>();
        List<Load> loads = new ArrayList<>();
        try (var site = Site.alone(directory, Map.of())) {
            var node = site.node();
            List<String> webhooks = new ArrayList<>();
            for (int n = 0; n < subscriptions; n++) {
                var witness = new Witness(ScriptedReceiver.resetAfter(""));
                witnesses.add(witness);
                webhooks.add(node.subscribe("down " + n, witness.url(), "\"backlog." + n + ".>\"", PATIENT));
            }
            var began = Instant.now();
            for (int n = 0; n < subscriptions; n++) {
                loads.add(Load.burst(node.busUrl(), "backlog." + n + ".event", events));
            }
            // At least: a send that failed may have come too. Asked again, for the database is busy and may say so.
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(
                            () -> assertThat(node.object("GET", "/status", "").getInt("held"))
                                    .isGreaterThanOrEqualTo(subscriptions * events));
            var held = Instant.now();
            long resident = Figures.residentMiB(node.pid(), "VmHWM");
            long live = Figures.liveMiB(node.pid());
            var released = new AtomicLong();
            witnesses.forEach(w -> w.script(Witness.accepting(ScriptedReceiver.ok())));
            webhooks.forEach(webhook -> await().atMost(Program.PATIENCE)
                    .untilAsserted(() -> node.object("PATCH", webhook, "{\"enabled\":true}")));
            await().atMost(LONG).pollInterval(Duration.ofSeconds(5)).until(() -> {
                released.accumulateAndGet(Figures.liveMiB(node.pid()), Math::max);
                return witnesses.stream().mapToInt(Witness::distinct).sum() >= subscriptions * events;
            });
            var arrived = Instant.now();
            for (int n = 0; n < subscriptions; n++) {
                loads.get(n).finished().allArriveAt(List.of(witnesses.get(n)));
            }
            int duplicates = witnesses.stream().mapToInt(Witness::duplicates).sum();
            long atMost = Figures.residentMiB(node.pid(), "VmHWM");
            Figures.print(
                    "200,000 events over 40 receivers that are down: held after %d s, all there %d s after the enable,"
                            + " lost 0, duplicated %d; of a heap of 512 MiB %d MiB live while held, at most %d MiB"
                            + " then; resident at most %d MiB, and %d MiB until the end",
                    Duration.between(began, held).toSeconds(),
                    Duration.between(held, arrived).toSeconds(),
                    duplicates,
                    live,
                    released.get(),
                    resident,
                    atMost);
            assertThat(duplicates).as("none was on its way to be accepted").isZero();
            assertThat(Math.max(live, released.get())).isLessThan(LIVE_MIB);
            assertThat(atMost).isLessThan(RESIDENT_MIB);
            assertThat(node.log()).doesNotContain("OutOfMemoryError");
            site.walk();
            node.terminate();
            assertThat(node.exit()).isEqualTo(143);
            site.walk();
            assertThat(site.rows().unfinished()).isZero();
        } finally {
            witnesses.forEach(Witness::close);
        }
    }

    @Test
    void overTheHoldLimitExactlyTheOldestAreDiscardedAndCounted() throws Exception {
        int limit = 1000;
        int events = 3000;
        try (var site = Site.alone(directory, Map.of("DECNET_WEBHOOK_HOLD_MAX_EVENTS", Integer.toString(limit)));
                var witness = Witness.healthy()) {
            var node = site.node();
            var webhook = node.subscribe("paused", witness.url(), "\"limit.>\"", "");
            node.object("PATCH", webhook, "{\"enabled\":false}");
            Load.burst(node.busUrl(), "limit.event", events).finished();
            await().atMost(Program.PATIENCE)
                    .until(() -> node.webhook(webhook).getInt("held") == limit
                            && node.metric("decnet_deliveries_total{outcome=\"discarded\"}") == events - limit);
            node.object("PATCH", webhook, "{\"enabled\":true}");
            await().atMost(Program.PATIENCE).until(() -> witness.distinct() == limit);
            site.walk();
            node.terminate();
            assertThat(node.exit()).isEqualTo(143);
            var rows = site.rows();
            site.walk();
            assertThat(rows.count("delivery WHERE stage = 12")).isEqualTo(events - limit);
            assertThat(rows.count("delivery WHERE stage = 10")).isEqualTo(limit);
            assertThat(rows.count("delivery d WHERE d.stage = 12 AND EXISTS (SELECT 1 FROM delivery k"
                            + " WHERE k.stage = 10 AND (k.created_at, k.id) < (d.created_at, d.id))"))
                    .as("discarded although an older one was kept")
                    .isZero();
            Figures.print(
                    "over the hold limit: %d of %d held, the oldest %d discarded and counted",
                    limit, events, events - limit);
        }
    }

    @Test
    void tenThousandHeldOnesAreReleasedAtOnceToASlowReceiver() throws Exception {
        int events = 10_000;
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        Script counted = (out, socket, closed) -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                return ScriptedReceiver.after(Duration.ofMillis(50), ScriptedReceiver.ok())
                        .answer(out, socket, closed);
            } finally {
                atOnce.decrementAndGet();
            }
        };
        try (var site = Site.alone(directory, Map.of());
                var slow = new Witness(Witness.accepting(counted));
                var healthy = Witness.healthy()) {
            var node = site.node();
            var webhook = node.subscribe("slow", slow.url(), "\"flood.>\"", "");
            node.subscribe("healthy", healthy.url(), "\"steady.>\"", "");
            node.object("PATCH", webhook, "{\"enabled\":false}");
            var flood = Load.burst(node.busUrl(), "flood.event", events).finished();
            await().atMost(Program.PATIENCE).until(() -> node.webhook(webhook).getInt("held") == events);
            try (var before = Load.steady(node.busUrl(), "steady.before", 20)) {
                before.awaitSent(400);
                before.end().allArriveAt(List.of(healthy));
                var released = Instant.now();
                node.object("PATCH", webhook, "{\"enabled\":true}");
                try (var during = Load.steady(node.busUrl(), "steady.during", 20)) {
                    await().atMost(LONG).until(() -> slow.distinct() == events);
                    var took = Duration.between(released, Instant.now());
                    during.end().allArriveAt(List.of(healthy));
                    flood.allArriveAt(List.of(slow));
                    var calm = Latencies.of(before, healthy);
                    var flooded = Latencies.of(during, healthy);
                    Figures.print(
                            "10,000 held released at once to a receiver that thinks 50 ms: there after %d s, at most"
                                    + " %d on the wire, lost 0, duplicated %d; a healthy receiver meanwhile p50 %.0f ms,"
                                    + " p99 %.0f ms (before: p50 %.0f ms, p99 %.0f ms)",
                            took.toSeconds(),
                            most.get(),
                            slow.duplicates(),
                            flooded.percentile(50),
                            flooded.percentile(99),
                            calm.percentile(50),
                            calm.percentile(99));
                }
            }
            assertThat(most.get()).isLessThanOrEqualTo(8);
            assertThat(slow.duplicates()).isZero();
            site.walk();
            node.terminate();
            assertThat(node.exit()).isEqualTo(143);
            site.walk();
        }
    }
}
