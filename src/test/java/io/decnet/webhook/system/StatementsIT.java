package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many statements a delivery costs, counted in the log of the database server: some 1.4. Tells of transactions taken apart, of inserts no longer
 * put together, and of statements added, on any machine, however slow; not of updates that leave their batch, which the log shows row by row either way.
 */
@Timeout(300)
class StatementsIT {
    private static final int EVENTS = 200;
    private static final int SUBSCRIPTIONS = 10;
    private static final int DELIVERIES = EVENTS * SUBSCRIPTIONS;
    /** One update each, and a share in the statements of its batches. */
    private static final double MOST_FOR_ONE_DELIVERY = 2.0;

    private static final Pattern EXECUTED = Pattern.compile("LOG: {2}execute ");

    @TempDir
    Path directory;

    @Test
    void aDeliveryCostsFewStatements() throws IOException {
        var statements = directory.resolve("statements.log");
        try (var server = EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("server").toFile())
                        .setServerConfig("logging_collector", "on")
                        .setServerConfig("log_directory", directory.toString())
                        .setServerConfig("log_filename", "statements.log")
                        .setServerConfig("log_statement", "all")
                        .start();
                var receiver = ScriptedReceiver.start(ScriptedReceiver.ok());
                var program = Program.on(server, directory)) {
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                program.subscribe("counted-" + i, receiver.url("/" + i), "\"counted.>\"", "");
            }
            long before = executed(statements);
            program.onBus(StatementsIT::publish);
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() >= DELIVERIES);
            await().atMost(Program.PATIENCE)
                    .until(() -> program.object("GET", "/status", "").getInt("pending") == 0);
            long spent = executed(statements) - before;
            assertThat((double) spent / DELIVERIES)
                    .as("statements for one delivery, %d in all", spent)
                    .isGreaterThan(0)
                    .isLessThan(MOST_FOR_ONE_DELIVERY);
        }
    }

    private static void publish(JMSContext context) {
        var producer = context.createProducer();
        var topic = context.createTopic("decnet.counted.seen");
        for (int i = 0; i < EVENTS; i++) {
            producer.send(topic, "{\"n\":" + i + "}");
        }
    }

    private static long executed(Path statements) throws IOException {
        try (var lines = Files.lines(statements)) {
            return lines.filter(line -> EXECUTED.matcher(line).find()).count();
        }
    }
}
