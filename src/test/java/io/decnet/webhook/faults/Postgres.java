package io.decnet.webhook.faults;

import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** A PostgreSQL server of its own, which can be stopped and killed and comes back on the same port with its data. */
final class Postgres implements AutoCloseable {
    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    Postgres(Path directory) throws IOException {
        this.directory = directory;
        try (var free = ScriptedReceiver.listening(0)) {
            port = free.getLocalPort();
        }
        server = launch();
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("max_connections", "200")
                .setServerConfig("synchronous_commit", "off") // the worst default: a kill loses what was promised
                .setOutputRedirector(log())
                .setErrorRedirector(log())
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    private Redirect log() {
        return Redirect.appendTo(Path.of(directory + ".log").toFile());
    }

    Map<String, String> settings() {
        return Map.of(
                "DECNET_WEBHOOK_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "DECNET_WEBHOOK_DATABASE_USER", "postgres",
                "DECNET_WEBHOOK_DATABASE_PASSWORD", "postgres",
                "DECNET_WEBHOOK_SECRET_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    }

    DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    /** An orderly stop: transactions are broken off, what is committed is written. */
    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a crash: SIGKILL to every process of the server. */
    void kill() {
        try {
            var pid = Long.parseLong(
                    Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
            var postmaster = ProcessHandle.of(pid).orElseThrow();
            var workers = postmaster.children().toList();
            postmaster.destroyForcibly();
            workers.forEach(ProcessHandle::destroyForcibly);
            await().atMost(Program.PATIENCE)
                    .until(() -> !postmaster.isAlive() && workers.stream().noneMatch(ProcessHandle::isAlive));
            server.close(); // lets go of the directory
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        try {
            server = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
