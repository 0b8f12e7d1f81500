package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.Stomp;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
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
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The packaged program, started on an empty directory, and what its users do with it; {@link Packaging} says how it is packaged. It keeps
 * directory, ports and settings when it is started again.
 */
public final class Program implements AutoCloseable {
    public static final String PASSWORD = "correct-horse-battery";
    public static final String BUS_PASSWORD = "bus-password-1234";
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A Payara Server makes its domain first. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(8);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final Map<String, String> environment;
    private final int httpPort;
    private final int busPort;
    private int starts;
    private Process process;

    private Program(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.environment = environment;
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            httpPort = one.getLocalPort();
            busPort = other.getLocalPort();
        }
        process = start();
    }

    private Process start() throws IOException {
        starts++;
        var command = Packaging.underTest().command();
        var settings = command.environment();
        settings.put("DECNET_WEBHOOK_DATA_DIR", directory.resolve("data").toString());
        settings.put("DECNET_WEBHOOK_HTTP_PORT", Integer.toString(httpPort));
        settings.put("DECNET_WEBHOOK_BUS_PORT", Integer.toString(busPort));
        settings.put("DECNET_WEBHOOK_ALLOW_PRIVATE", "true");
        settings.put("DECNET_WEBHOOK_ADMIN_PASSWORD", PASSWORD);
        settings.put("DECNET_WEBHOOK_BUS_PASSWORD", BUS_PASSWORD);
        settings.putAll(environment);
        command.redirectOutput(file("out").toFile());
        command.redirectError(file("err").toFile());
        return command.start();
    }

    private Path file(String name) {
        return directory.resolve(starts == 1 ? name : name + "-" + starts);
    }

    static Program launched(Path directory, Map<String, String> environment) {
        try {
            return new Program(directory, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Program ready(Path directory, Map<String, String> environment) {
        var program = launched(directory, environment);
        program.awaitReady();
        return program;
    }

    /** Ready, with its tables in that server and all else in a directory beside it. */
    public static Program on(EmbeddedPostgres server, Path directory) throws IOException {
        return ready(
                Files.createDirectories(directory.resolve("program")),
                Map.of(
                        "DECNET_WEBHOOK_DATABASE_URL",
                        server.getJdbcUrl("postgres", "postgres"),
                        "DECNET_WEBHOOK_SECRET_KEY",
                        Base64.getEncoder().encodeToString(new byte[32])));
    }

    /** Starts it again, on what its earlier life has left. */
    public void restart() {
        launchAgain();
        awaitReady();
    }

    /** The same, without waiting until it is ready. */
    public void launchAgain() {
        try {
            process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitReady() {
        try {
            await().atMost(START_PATIENCE).until(() -> !process.isAlive() || isReady());
        } catch (ConditionTimeoutException e) {
            end();
            throw e;
        }
        if (!process.isAlive()) {
            throw new AssertionError("the program has ended: " + text("err"));
        }
    }

    private boolean isReady() {
        return text("out").contains("is ready at");
    }

    private String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log since its last start. */
    public String log() {
        return text("out");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Waits for the end; answers the exit code. */
    public int exit() throws InterruptedException {
        return process.waitFor(START_PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    public String standardError() {
        return text("err");
    }

    public String url(String path) {
        return "http://127.0.0.1:" + httpPort + path;
    }

    public HttpResponse<String> call(String method, String path, String body, String... headers) {
        return send(method, "/api/v1" + path, body, headers);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        var login = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a series, by its name and labels as they are in the text of the metrics. */
    public double metric(String series) {
        var prefix = series + " ";
        return send("GET", "/metrics", "")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Double.valueOf(line.substring(prefix.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no series " + series));
    }

    public JsonObject object(String method, String path, String body) {
        var answer = call(method, path, body);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    /** Creates a webhook and answers its path. */
    public String subscribe(String name, String url, String pattern, String settings) {
        var created = object(
                "POST",
                "/webhooks",
                "{\"name\":\"" + name + "\",\"url\":\"" + url
                        + "\",\"secret\":\"0123456789abcdef\",\"topic_patterns\":[" + pattern + "],\"settings\":{"
                        + settings + "}}");
        return "/webhooks/" + created.getString("uuid");
    }

    public JsonObject webhook(String path) {
        return object("GET", path, "");
    }

    public void publish(String topic, String body) {
        send("decnet." + topic, context -> context.createTextMessage(body));
    }

    public void send(String destination, Function<JMSContext, Message> message) {
        onBus(context -> context.createProducer().send(context.createTopic(destination), message.apply(context)));
    }

    /** Works on one connection to the bus. */
    void onBus(Consumer<JMSContext> work) {
        onBusAt("", work);
    }

    /** @param parameters of the client, as they stand in its address */
    void onBusAt(String parameters, Consumer<JMSContext> work) {
        try (var factory = new ActiveMQConnectionFactory(busUrl() + parameters);
                var context = factory.createContext("bus", BUS_PASSWORD)) {
            work.accept(context);
        }
    }

    int busPort() {
        return busPort;
    }

    /** Where the bus is: the broker of the program, or the external one it was given. */
    public String busUrl() {
        return environment.getOrDefault("DECNET_WEBHOOK_BUS_URL", "tcp://127.0.0.1:" + busPort);
    }

    /** Sends by STOMP, as programs do that are not written in Java; returns once the broker has said that it has the message. */
    void sendByStomp(String destination, String body) {
        try (var stomp = Stomp.connect(busPort, "bus", BUS_PASSWORD)) {
            stomp.send(destination, body);
        }
    }

    /** Nothing is left that nothing would wake, as the program itself says. */
    public void requireNothingStuck() {
        await("nothing is stuck")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(metric("decnet_stuck")).isZero());
    }

    /** Ends it; if it is ready, nothing may be stuck by then. */
    @Override
    public void close() {
        try {
            if (process.isAlive() && isReady()) {
                requireNothingStuck();
            }
        } finally {
            end();
        }
    }

    /** Ends it unasked: it, or what it stands on, was broken on purpose and has not been mended. */
    public void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
