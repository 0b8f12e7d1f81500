package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and database go away under load, in order and by SIGKILL, and come back; the nodes are never touched. */
class OutageFaultIT {
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final int NODES = 2;
    /** Two nodes, two lanes, each with eight on the wire. */
    private static final int IN_FLIGHT = NODES * 2 * 8;

    @TempDir
    static Path directory;

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.shared(directory, NODES, Map.of());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void theBrokerIsStoppedAndStarted() {
        survives(
                "broker-stop",
                "broker stopped",
                s -> s.broker().stop(),
                s -> s.broker().start());
    }

    @Test
    void theBrokerIsKilledAndStarted() {
        survives(
                "broker-kill",
                "broker killed",
                s -> s.broker().kill(),
                s -> s.broker().start());
    }

    @Test
    void theDatabaseIsStoppedAndStarted() {
        survives(
                "database-stop",
                "database stopped",
                s -> s.postgres().stop(),
                s -> s.postgres().start());
    }

    @Test
    void theDatabaseIsKilledAndStarted() {
        survives(
                "database-kill",
                "database killed",
                s -> s.postgres().kill(),
                s -> s.postgres().start());
    }

    private void survives(String topic, String name, Consumer<Site> breaks, Consumer<Site> mends) {
        try (var one = Witness.healthy();
                var other = Witness.healthy()) {
            var witnesses = List.of(one, other);
            for (int i = 0; i < witnesses.size(); i++) {
                site.node().subscribe(topic + i, witnesses.get(i).url(), "\"" + topic + ".>\"", "");
            }
            var load = Load.steady(site.node().busUrl(), topic + ".load", 200);
            load.awaitSent(600);
            for (int round = 0; round < 2; round++) {
                breaks.accept(site);
                var since = Instant.now();
                await().atMost(Program.PATIENCE).until(() -> Instant.now().isAfter(since.plus(AWAY)));
                mends.accept(site);
                site.walk();
                int before = load.sent();
                load.awaitSent(before + 400);
                int arrived = one.distinct();
                await().atMost(Program.PATIENCE).until(() -> one.distinct() > arrived + 200);
            }
            load.end().allArriveAt(witnesses);
            site.rows().awaitFinished();
            site.walk();
            int duplicates = one.duplicates() + other.duplicates();
            Figures.print(
                    "%s and started twice under load: %d events to 2 receivers, lost 0, duplicated %d",
                    name, load.sent(), duplicates);
            assertThat(duplicates).isLessThanOrEqualTo(2 * IN_FLIGHT);
        }
    }
}
