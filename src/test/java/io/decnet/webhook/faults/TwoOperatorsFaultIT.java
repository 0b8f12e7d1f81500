package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two operators rename and enable, each at a node of their own, two tripped webhooks of which each gets the alarms of the
 * other. Each change has locked its row and wants the other's for the alarm: the database must end one of them.
 */
class TwoOperatorsFaultIT {
    @TempDir
    Path directory;

    @Test
    void bothAreServedThoughTheirChangesBlockEachOther() {
        try (var site = Site.shared(directory, 2, Map.of())) {
            bothAreServed(site);
        }
    }

    static void bothAreServed(Site site) {
        try (var receiver = new Witness(ScriptedReceiver.status(410, "gone"))) {
            var one = subscribed(site, "one", receiver);
            var other = subscribed(site, "other", receiver);
            Load.burst(site.node().busUrl(), "operators.event", 1).finished();
            await().atMost(Program.PATIENCE)
                    .until(() -> List.of(one, other).stream()
                            .allMatch(webhook -> site.node()
                                    .webhook(webhook)
                                    .getString("state")
                                    .equals("tripped")));
            receiver.script(Witness.accepting(ScriptedReceiver.ok()));
            var alarms = Moment.lock(site, "event");
            var first = recover(site.node(1), one);
            var second = recover(site.node(2), other);
            Moment.awaitWaiting(site, 2, Moment.STORES);
            alarms.close();
            assertThat(List.of(first.join(), second.join())).containsExactly(200, 200);
            site.rows().awaitFinished();
            site.walk();
            assertThat(site.rows().count("event WHERE topic = 'system.webhook.recovered'"))
                    .as("alarms")
                    .isEqualTo(2);
            List.of(one, other).forEach(webhook -> site.node().object("DELETE", webhook, ""));
        }
    }

    private static String subscribed(Site site, String name, Witness receiver) {
        return site.node().subscribe(name, receiver.url(), "\"operators.>\",\"system.webhook.recovered\"", "");
    }

    private static CompletableFuture<Integer> recover(Program node, String webhook) {
        return CompletableFuture.supplyAsync(() -> node.call(
                        "PATCH", webhook, "{\"name\":\"renamed " + webhook.substring(10, 40) + "\",\"enabled\":true}")
                .statusCode());
    }
}
