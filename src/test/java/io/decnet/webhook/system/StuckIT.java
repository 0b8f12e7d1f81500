package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import org.junit.jupiter.api.Test;

/** A delivery that no node takes shows in the metric and on the page, until one does. */
@OnBothDatabases
class StuckIT {
    private static final String TWO_MINUTES_AGO = " = CURRENT_TIMESTAMP - INTERVAL '2' MINUTE";

    private final Installation installation;
    private final Program program;
    private final Database database;
    private final String topic = Installation.freshTopic();

    StuckIT(Installation installation) {
        this.installation = installation;
        this.program = installation.program();
        this.database = installation.database();
    }

    /** As if all had been so for two minutes. */
    private void twoMinutesLater(String webhook) {
        var id = Installation.id(webhook);
        database.update("UPDATE node SET started_at" + TWO_MINUTES_AGO);
        database.update("UPDATE circuit SET changed_at" + TWO_MINUTES_AGO + " WHERE subscription_id = ?", id);
        database.update("UPDATE delivery SET wake_at" + TWO_MINUTES_AGO + " WHERE subscription_id = ?", id);
    }

    @Test
    void aDueDeliveryThatNobodyTakesIsShownUntilItIsTaken() throws Exception {
        var admin = Browsing.admin(program);
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var webhook = installation.subscribe(topic, receiver, "");
            installation.overwrite(webhook, "request_timeout", ""); // unreadable: no lane is open
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(webhook).toString().contains("bad_settings"));
            program.publish(topic + ".seen", "1");
            await().atMost(Program.PATIENCE).until(() -> installation.deliveries(webhook, "stage = 0") == 1);
            assertThat(program.metric("decnet_stuck")).isZero();

            twoMinutesLater(webhook);
            await().atMost(Program.PATIENCE).until(() -> program.metric("decnet_stuck") == 1);
            await().atMost(Program.PATIENCE)
                    .until(() -> admin.get("/overview.xhtml").body().contains("1 deliveries wait without anything"));

            program.object("PATCH", webhook, "{\"settings\":{\"request_timeout\":null}}");
            await().atMost(Program.PATIENCE).until(() -> receiver.texts().size() == 1);
            await().atMost(Program.PATIENCE).until(() -> program.metric("decnet_stuck") == 0);
        }
    }
}
