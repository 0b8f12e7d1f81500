package io.decnet.webhook.system;

import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

/** The packaged program, started on an empty directory, and what its users do with it. */
public final class Program implements AutoCloseable {
    static final String PASSWORD = "correct-horse-battery";
    static final Duration PATIENCE = Duration.ofMinutes(2);
    public static final String BUS_PASSWORD = "bus-password-1234";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int httpPort;
    private final int busPort;
    private final Process process;

    private Program(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            httpPort = one.getLocalPort();
            busPort = other.getLocalPort();
        }
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                System.getProperty("decnet.test.jar"));
        var settings = command.environment();
        settings.put("DECNET_WEBHOOK_DATA_DIR", directory.resolve("data").toString());
        settings.put("DECNET_WEBHOOK_HTTP_PORT", Integer.toString(httpPort));
        settings.put("DECNET_WEBHOOK_BUS_PORT", Integer.toString(busPort));
        settings.put("DECNET_WEBHOOK_ALLOW_PRIVATE", "true");
        settings.put("DECNET_WEBHOOK_ADMIN_PASSWORD", PASSWORD);
        settings.put("DECNET_WEBHOOK_BUS_PASSWORD", BUS_PASSWORD);
        settings.putAll(environment);
        command.redirectOutput(directory.resolve("out").toFile());
        command.redirectError(directory.resolve("err").toFile());
        process = command.start();
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
        await().atMost(PATIENCE).until(() -> !program.process.isAlive() || program.isReady());
        return program;
    }

    private boolean isReady() throws IOException {
        return text("out").contains("is ready at");
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    /** Waits for the end; answers the exit code. */
    int exit() throws InterruptedException {
        return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    String standardError() throws IOException {
        return text("err");
    }

    String url(String path) {
        return "http://127.0.0.1:" + httpPort + path;
    }

    HttpResponse<String> call(String method, String path, String body, String... headers) {
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
    double metric(String series) {
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

    void publish(String topic, String body) {
        send("decnet." + topic, context -> context.createTextMessage(body));
    }

    void send(String destination, Function<JMSContext, Message> message) {
        onBus(context -> context.createProducer().send(context.createTopic(destination), message.apply(context)));
    }

    /** Works on one connection to the bus. */
    void onBus(Consumer<JMSContext> work) {
        try (var factory = new ActiveMQConnectionFactory(busUrl());
                var context = factory.createContext("bus", BUS_PASSWORD)) {
            work.accept(context);
        }
    }

    int busPort() {
        return busPort;
    }

    public String busUrl() {
        return "tcp://127.0.0.1:" + busPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Sends by STOMP, as programs do that are not written in Java; returns once the broker has said that it has the message. */
    void sendByStomp(String destination, String body) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), busPort)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var frames = "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:bus\npasscode:" + BUS_PASSWORD
                    + "\n\n\0SEND\ndestination:" + destination + "\nreceipt:1\n\n" + body
                    + "\0DISCONNECT\nreceipt:2\n\n\0";
            socket.getOutputStream().write(frames.getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.contains("receipt-id:1")) {
                throw new AssertionError("the broker answers " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
