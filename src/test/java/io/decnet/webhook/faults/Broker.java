package io.decnet.webhook.faults;

import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An external Artemis broker, a process of its own with its journal on the same directory and port at every start. */
final class Broker implements AutoCloseable {
    private static final String USER = "bus";

    private final Path directory;
    private final int port;
    private int starts;
    private Process process;

    Broker(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        try (var free = ScriptedReceiver.listening(0)) {
            port = free.getLocalPort();
        }
        process = launch();
        awaitReady();
    }

    private Path out() {
        return directory.resolve("out-" + starts);
    }

    private Process launch() throws IOException {
        starts++;
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Ddecnet.broker.port=" + port,
                        "-Ddecnet.broker.data=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        USER,
                        Program.BUS_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(out().toFile())
                .start();
    }

    private void awaitReady() {
        await().atMost(Program.PATIENCE)
                .until(() -> !process.isAlive() || Files.readString(out()).contains(BrokerProcess.READY));
        if (!process.isAlive()) {
            throw new AssertionError("the broker has ended, see " + out());
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    Map<String, String> settings() {
        return Map.of(
                "DECNET_WEBHOOK_BUS_URL",
                url(),
                "DECNET_WEBHOOK_BUS_USER",
                USER,
                "DECNET_WEBHOOK_BUS_PASSWORD",
                Program.BUS_PASSWORD);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void start() {
        try {
            process = launch();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
