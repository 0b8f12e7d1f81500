package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.delivery.Stuck;
import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The program on a database server. One serves many test classes, so each test takes a topic of its own. */
record Installation(Program program, Database database) implements Closeable {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    static Installation start(Path directory, Database database) {
        try {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("DECNET_WEBHOOK_RETRY_SCHEDULE", "100ms,100ms");
            return new Installation(
                    Program.ready(Files.createDirectories(directory.resolve("program")), settings), database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A first token that no other test uses. */
    static String freshTopic() {
        return "its" + TOPICS.incrementAndGet();
    }

    /** Subscribes to everything below the topic, under its name; answers the path. */
    String subscribe(String topic, ScriptedReceiver receiver, String settings) {
        return program.subscribe(topic, receiver.url("/" + topic), "\"" + topic + ".>\"", settings);
    }

    static UUID id(String webhook) {
        return UUID.fromString(webhook.substring(webhook.lastIndexOf('/') + 1));
    }

    long deliveries(String webhook, String condition) {
        return database.count("SELECT count(*) FROM delivery WHERE subscription_id = ? AND " + condition, id(webhook));
    }

    /** As another writer would, with a number of the change sequence, so that it is read at once. */
    void overwrite(String webhook, String column, Object value) {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var number = Database.statement(
                            connection, "UPDATE subscription_change SET seq = seq + 1 WHERE id = 1");
                    var row = Database.statement(
                            connection,
                            "UPDATE subscription SET " + column + " = ?,"
                                    + " change_seq = (SELECT seq FROM subscription_change WHERE id = 1) WHERE id = ?",
                            value,
                            id(webhook))) {
                number.executeUpdate();
                row.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void requireNothingStuck() {
        await().atMost(Program.PATIENCE)
                .untilAsserted(() ->
                        assertThat(database.count(Stuck.COUNT)).as("stuck rows").isZero());
        program.requireNothingStuck();
    }

    @Override
    public void close() throws IOException {
        try (database) {
            program.close();
        }
    }

    @Override
    public String toString() {
        return database.name();
    }
}
