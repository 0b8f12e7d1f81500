package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a receiver misbehaves, all at once, next to healthy ones. */
class ReceiverFaultIT {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String LATE = "no complete answer within";
    private static final int PER_SECOND = 10;

    @TempDir
    Path directory;

    /** What a receiver does, and what the operator is to read about it. */
    private record Misdeed(Script script, String error) {}

    private static Map<String, Misdeed> misdeeds() {
        Map<String, Misdeed> zoo = new LinkedHashMap<>();
        zoo.put("resets", new Misdeed(ScriptedReceiver.resetAfter(""), "reset"));
        zoo.put("closes", new Misdeed(ScriptedReceiver.raw(""), "failed to respond"));
        zoo.put("hangs before headers", new Misdeed(ScriptedReceiver.hangAfter(""), LATE));
        zoo.put("drips headers", new Misdeed(ScriptedReceiver.drip(HEAD, "X: y\r\n", 1000), LATE));
        zoo.put(
                "drips body",
                new Misdeed(ScriptedReceiver.drip(HEAD + "Content-Length: 9999\r\n\r\n", "x", 1000), LATE));
        zoo.put(
                "breaks chunking",
                new Misdeed(
                        ScriptedReceiver.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n"),
                        "Bad chunk header"));
        zoo.put(
                "100 and no more",
                new Misdeed(ScriptedReceiver.raw("HTTP/1.1 100 Continue\r\n\r\n"), "failed to respond"));
        zoo.put("302", new Misdeed(ScriptedReceiver.status(302, "", "Location: http://127.0.0.1/"), "HTTP 302"));
        zoo.put("400", new Misdeed(ScriptedReceiver.status(400, "no"), "HTTP 400"));
        zoo.put("410", new Misdeed(ScriptedReceiver.status(410, "gone"), "HTTP 410"));
        zoo.put("429", new Misdeed(ScriptedReceiver.status(429, "slow down"), "HTTP 429"));
        zoo.put("500", new Misdeed(ScriptedReceiver.status(500, "oops"), "HTTP 500"));
        zoo.put("503", new Misdeed(ScriptedReceiver.status(503, "down"), "HTTP 503"));
        return zoo;
    }

    private static Map<String, Script> oddButGood() {
        Map<String, Script> odd = new LinkedHashMap<>();
        odd.put("204", ScriptedReceiver.status(204, ""));
        odd.put(
                "hint first",
                ScriptedReceiver.raw("HTTP/1.1 103 Early Hints\r\n\r\n" + HEAD + "Content-Length: 0\r\n\r\n"));
        odd.put("endless body", untilHeardEnough(ScriptedReceiver.drip(HEAD + "\r\n", "x".repeat(8192), 1)));
        return odd;
    }

    /** The client ends it by hanging up, and the answer is given. */
    private static Script untilHeardEnough(Script endless) {
        return (out, socket, closed) -> {
            try {
                return endless.answer(out, socket, closed);
            } catch (IOException e) {
                return false;
            }
        };
    }

    @Test
    void noneOfThemHurtsAHealthyOneAndEachTripsWithItsReason() throws Exception {
        try (var certificates = Certificates.made(directory)) {
            standsThem("one node", () -> Site.alone(directory, certificates.trusted()), certificates);
        }
    }

    @Test
    void norDoTheyOnTwoNodes() throws Exception {
        try (var certificates = Certificates.made(directory)) {
            standsThem("two nodes", () -> Site.shared(directory, 2, certificates.trusted()), certificates);
        }
    }

    private static void standsThem(String on, Supplier<Site> start, Certificates certificates) throws Exception {
        Map<String, Witness> witnesses = new LinkedHashMap<>();
        Map<String, String> webhooks = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        List<Witness> good = new ArrayList<>();
        try (var site = start.get()) {
            var node = site.nodes().get(site.nodes().size() - 1);
            oddButGood().forEach((name, script) -> good.add(new Witness(Witness.accepting(script))));
            for (int n = 0; n < 5; n++) {
                good.add(Witness.healthy());
            }
            var ok = Witness.accepting(ScriptedReceiver.ok());
            var secure = new Witness(certificates.valid(), ok);
            for (int i = 0; i < good.size(); i++) {
                node.subscribe("good " + i, good.get(i).url(), "\"zoo.>\"", "");
            }
            node.subscribe("good TLS", secureUrl(secure), "\"zoo.>\"", "");
            good.add(secure);
            misdeeds().forEach((name, misdeed) -> {
                var witness = new Witness(misdeed.script());
                witnesses.put(name, witness);
                errors.put(name, misdeed.error());
                webhooks.put(name, node.subscribe(name, witness.url(), "\"zoo.>\"", ""));
            });
            var expired = new Witness(certificates.expired(), ok);
            witnesses.put("expired certificate", expired);
            errors.put("expired certificate", "NotAfter");
            webhooks.put("expired certificate", node.subscribe("expired", secureUrl(expired), "\"zoo.>\"", ""));
            try (var closed = ScriptedReceiver.listening(0)) {
                var url = "http://127.0.0.1:" + closed.getLocalPort() + "/";
                errors.put("refuses", "refused");
                webhooks.put("refuses", node.subscribe("refuses", url, "\"zoo.>\"", ""));
            }
            errors.put("unknown name", "nowhere.invalid");
            webhooks.put("unknown name", node.subscribe("unknown", "http://nowhere.invalid/", "\"zoo.>\"", ""));

            var began = Instant.now();
            Map<String, Duration> trips = new LinkedHashMap<>();
            try (var load = Load.steady(node.busUrl(), "zoo.load", PER_SECOND)) {
                // Each node has some of what nobody answers.
                await().atMost(Program.PATIENCE)
                        .until(() -> site.nodes().size() == 1
                                || site.rows().claimers() == site.nodes().size());
                await().atMost(Program.PATIENCE.multipliedBy(2)).untilAsserted(() -> {
                    webhooks.forEach((name, path) -> {
                        if (!trips.containsKey(name)
                                && node.webhook(path).getString("state").equals("tripped")) {
                            trips.put(name, Duration.between(began, Instant.now()));
                        }
                    });
                    assertThat(trips.keySet()).containsAll(webhooks.keySet());
                });
                load.end().allArriveAt(good);
                trips.forEach((name, took) -> Figures.print(
                        "receiver \"%s\", on %s: tripped after %.1f s, last error \"%s\"",
                        name,
                        on,
                        took.toMillis() / 1000.0,
                        node.webhook(webhooks.get(name)).getString("last_error")));
                Figures.print(
                        "receivers, on %s: %d events to %d good ones beside %d bad ones, lost 0, duplicated %d",
                        on,
                        load.sent(),
                        good.size(),
                        webhooks.size(),
                        good.stream().mapToInt(Witness::duplicates).sum());
            }
            errors.forEach(
                    (name, error) -> assertThat(node.webhook(webhooks.get(name)).getString("last_error"))
                            .as(name)
                            .contains(error));
            witnesses.forEach((name, witness) -> {
                var trippedAt = Instant.parse(node.webhook(webhooks.get(name)).getString("auto_disabled_at"));
                assertThat(witness.attemptsSince(trippedAt.plusSeconds(1)))
                        .as(name + ": attempts later than 1 s after the trip")
                        .isZero();
            });
            assertThat(expired.attempts())
                    .as("requests under an expired certificate")
                    .isZero();
            site.walk();
            for (Program each : site.nodes()) {
                each.terminate();
                assertThat(each.exit()).isEqualTo(143);
            }
            site.walk();
            assertThat(good).allMatch(witness -> witness.duplicates() == 0);
        } finally {
            witnesses.values().forEach(Witness::close);
            good.forEach(Witness::close);
        }
    }

    private static String secureUrl(Witness witness) {
        return "https://127.0.0.1:" + witness.port() + "/";
    }
}
