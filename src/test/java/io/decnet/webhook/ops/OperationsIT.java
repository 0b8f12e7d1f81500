package io.decnet.webhook.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as its operator meets it: started, looked at, stopped. */
@Timeout(300)
class OperationsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private int httpPort;
    private int busPort;

    @BeforeEach
    void choosePorts() throws IOException {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            httpPort = one.getLocalPort();
            busPort = other.getLocalPort();
        }
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process launch(Map<String, String> more) throws IOException {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                System.getProperty("decnet.test.compilers", "-XX:+TieredCompilation"),
                "-jar",
                System.getProperty("decnet.test.jar"));
        var environment = command.environment();
        environment.put("DECNET_WEBHOOK_DATA_DIR", directory.resolve("data").toString());
        environment.put("DECNET_WEBHOOK_HTTP_PORT", Integer.toString(httpPort));
        environment.put("DECNET_WEBHOOK_BUS_PORT", Integer.toString(busPort));
        environment.put("DECNET_WEBHOOK_ALLOW_PRIVATE", "true");
        environment.put("DECNET_WEBHOOK_ADMIN_PASSWORD", PASSWORD);
        environment.putAll(more);
        command.redirectOutput(out()).redirectError(err());
        var process = command.start();
        started.add(process);
        return process;
    }

    private Process ready() throws IOException {
        var process = launch(Map.of());
        await().atMost(PATIENCE).until(() -> !process.isAlive() || text(out()).contains("is ready at"));
        assertThat(process.isAlive()).as(text(out()) + text(err())).isTrue();
        return process;
    }

    private File out() {
        return directory.resolve("out").toFile();
    }

    private File err() {
        return directory.resolve("err").toFile();
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path));
    }

    private HttpRequest.Builder asAdmin(String path) {
        var login = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return request(path).header("Authorization", "Basic " + login);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String post(String path, String body) throws Exception {
        var answer = send(asAdmin(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private String subscribe(ScriptedReceiver receiver) throws Exception {
        var created = post(
                "/api/v1/webhooks",
                "{\"name\":\"a\",\"url\":\"" + receiver.url("/") + "\",\"topic_patterns\":[\"a.>\"]}");
        return created.replaceAll("(?s).*\"uuid\":\"([0-9a-f-]+)\".*", "$1");
    }

    private String deliveries(String webhook) throws Exception {
        return send(asAdmin("/api/v1/webhooks/" + webhook + "/deliveries")).body();
    }

    @Test
    void tellsHowItIs() throws Exception {
        ready();
        var health = send(request("/health/ready"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"database\"", "\"broker\"", "\"dispatcher\"");
        assertThat(send(request("/health/live")).statusCode()).isEqualTo(200);
        assertThat(send(request("/metrics")).statusCode()).isEqualTo(401);
        assertThat(send(asAdmin("/metrics")).body())
                .contains("decnet_pending 0.0", "decnet_held 0.0", "decnet_in_flight 0.0", "decnet_stuck 0.0")
                .contains("decnet_subscriptions{state=\"tripped\"} 0.0", "decnet_attempt_seconds_bucket");
        assertThat(send(request("/openapi")).body()).contains("title: DECNET Webhook", "/api/v1/webhooks:");
    }

    @Test
    void finishesWhatIsOnTheWireBeforeItStops() throws Exception {
        var requests = new AtomicInteger();
        ScriptedReceiver.Script slow = (out, socket, closed) -> {
            requests.incrementAndGet();
            return !closed.await(3, TimeUnit.SECONDS) && ScriptedReceiver.ok().answer(out, socket, closed);
        };
        try (var receiver = ScriptedReceiver.start(slow)) {
            var process = ready();
            var webhook = subscribe(receiver);
            post("/api/v1/events", "{\"topic\":\"a.b\",\"payload\":1}");
            await().atMost(PATIENCE).until(() -> requests.get() == 1);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(text(out())).contains("dispatcher.stopped").doesNotContain("WARNING", "SEVERE");
            ready();
            assertThat(deliveries(webhook)).contains("\"state\":\"delivered\"");
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void makesARequestAgainWhenThePooledConnectionIsStale() throws Exception {
        var requests = new AtomicInteger();
        ScriptedReceiver.Script hangsUpOnTheSecond = (out, socket, closed) ->
                requests.incrementAndGet() != 2 && ScriptedReceiver.ok().answer(out, socket, closed);
        try (var receiver = ScriptedReceiver.start(hangsUpOnTheSecond)) {
            ready();
            var webhook = subscribe(receiver);
            post("/api/v1/events", "{\"topic\":\"a.b\",\"payload\":1}");
            await().atMost(PATIENCE).until(() -> deliveries(webhook).contains("\"state\":\"delivered\""));
            post("/api/v1/events", "{\"topic\":\"a.b\",\"payload\":2}");
            await().atMost(PATIENCE).until(() -> requests.get() == 3);
            await().atMost(PATIENCE).until(() -> !deliveries(webhook).contains("\"state\":\"pending\""));
            assertThat(deliveries(webhook)).doesNotContain("\"attempts\":2");
        }
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() throws Exception {
        ready().destroy();
        assertThat(started.get(0).waitFor(60, TimeUnit.SECONDS)).isTrue();
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        var process = launch(Map.of("DECNET_WEBHOOK_SECRET_KEY", key));
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(text(err()).lines().toList()).singleElement().asString().contains("is not the key this database");
        assertThat(text(out())).doesNotContain("is ready at");
    }
}
