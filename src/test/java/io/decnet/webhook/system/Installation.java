package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    /** Nothing wakes these: claimed by a life that is gone, or due for a minute while the circuit is active. */
    private static final String STUCK = "SELECT count(*) FROM delivery d JOIN circuit c"
            + " ON c.subscription_id = d.subscription_id WHERE"
            + " (d.stage = 2 AND (d.claimed_by IS NULL OR d.claimed_by NOT IN (SELECT id FROM node)))"
            + " OR (d.stage IN (0, 1) AND c.state = 'active' AND d.wake_at < CURRENT_TIMESTAMP - INTERVAL '60' SECOND)"
            + " OR d.stage NOT IN (0, 1, 2, 10, 11, 12)";

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
                .untilAsserted(
                        () -> assertThat(database.count(STUCK)).as("stuck rows").isZero());
        await().atMost(Program.PATIENCE)
                .untilAsserted(() -> assertThat(program.metric("decnet_stuck")).isZero());
    }

    @Override
    public void close() throws IOException {
        program.close();
        database.close();
    }

    @Override
    public String toString() {
        return database.name();
    }
}
