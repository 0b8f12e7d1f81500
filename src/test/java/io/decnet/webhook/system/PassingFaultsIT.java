package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The container repeats a change whose connection to the database was taken away in the middle. */
@OnBothDatabases
class PassingFaultsIT {
    private final Program program;
    private final Installation installation;
    private final Database database;
    private final String topic = Installation.freshTopic();

    PassingFaultsIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
        this.database = installation.database();
    }

    @Test
    void aChangeSurvivesThatItsConnectionIsEndedInTheMiddle() throws SQLException {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            try (var connection = database.connect()) {
                connection.setAutoCommit(false);
                try (var lock = Database.statement(
                        connection,
                        "SELECT state FROM circuit WHERE subscription_id = ? FOR UPDATE",
                        Installation.id(webhook))) {
                    lock.executeQuery();
                }
                var change = CompletableFuture.supplyAsync(() ->
                        program.call("PATCH", webhook, "{\"enabled\":false}").statusCode());
                await().atMost(Program.PATIENCE).until(() -> !waiting().isEmpty());
                var first = waiting().get(0);
                database.list(database.ending(), first);
                await().atMost(Program.PATIENCE)
                        .until(() -> waiting().stream().anyMatch(session -> !session.equals(first)));
                assertThat(change).isNotDone();
                connection.rollback();
                assertThat(change.join()).isEqualTo(200);
            }
            assertThat(program.webhook(webhook).getString("state")).isEqualTo("paused");
        }
    }

    private List<String> waiting() {
        return database.list(database.waiting());
    }
}
