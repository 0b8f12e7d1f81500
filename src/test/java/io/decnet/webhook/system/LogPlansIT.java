package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.LargeTables;
import io.decnet.webhook.testing.Plans;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No question about the log reads all deliveries or all attempts, as PostgreSQL's own plans say. */
@Timeout(600)
class LogPlansIT {
    private static final int WEBHOOKS = 1_000;
    private static final int EVENTS = 20_000;

    @TempDir
    Path directory;

    @Test
    void everyQuestionIsAnsweredFromAnIndex() throws IOException, SQLException {
        try (var server = Plans.server(directory).start();
                var program = Program.on(server, directory)) {
            program.subscribe("Template", "http://127.0.0.1:9/", "\"unheard.of\"", "");
            LargeTables.fill(server.getPostgresDatabase(), WEBHOOKS, EVENTS);
            var plans = Plans.kept(server, directory);
            var log = "/webhooks/" + LargeTables.BUSIEST + "/deliveries";
            var first = program.object("GET", log + "?limit=50", "");
            assertThat(first.getJsonArray("items")).hasSize(50);
            var deep = program.object("GET", log + "?limit=1000", "").getString("next");
            for (var filter : List.of(
                    "",
                    "&state=failed",
                    "&state=delivered",
                    "&state=held",
                    "&topic=" + LargeTables.COMMON_TOPIC,
                    "&topic=" + LargeTables.RARE_TOPIC,
                    "&topic=there.is.none",
                    "&event_id=event-" + EVENTS,
                    "&since=2020-01-01T00:00:00Z&until=2040-01-01T00:00:00Z")) {
                program.object("GET", log + "?limit=50" + filter, "");
                program.object("GET", log + "?limit=50&cursor=" + deep + filter, "");
            }
            assertThat(program.object("GET", log + "?state=failed&limit=1000", "")
                            .getJsonArray("items"))
                    .hasSize(200);
            assertThat(program.object("GET", log + "?topic=" + LargeTables.RARE_TOPIC, "")
                            .getJsonArray("items"))
                    .hasSize(2);
            var one = program.object("GET", log + "?state=failed&limit=1", "")
                    .getJsonArray("items")
                    .getJsonObject(0);
            program.object("GET", "/deliveries/" + one.getString("id"), "");
            program.object("GET", "/webhooks?limit=1000", "");
            program.object("GET", "/status", "");
            program.metric("decnet_stuck");

            assertThat(plans.of("delivery")).hasSizeGreaterThan(20).noneMatch(plan -> Plans.readsAll(plan, "delivery"));
            assertThat(plans.of("attempt")).isNotEmpty().noneMatch(plan -> Plans.readsAll(plan, "attempt"));
        }
    }
}
