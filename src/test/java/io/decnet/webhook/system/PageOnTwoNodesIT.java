package io.decnet.webhook.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL: it makes no difference on which of them somebody looks. */
@Timeout(600)
class PageOnTwoNodesIT {
    @TempDir
    static Path directory;

    private static Installation first;
    private static Program second;
    private static Pages pages;

    @BeforeAll
    static void start() throws IOException {
        var database = Database.postgres(Files.createDirectories(directory.resolve("database")));
        first = Installation.start(directory, database);
        Map<String, String> joining = new HashMap<>(database.settings());
        joining.put("DECNET_WEBHOOK_BUS_URL", first.program().busUrl());
        joining.put("DECNET_WEBHOOK_BUS_USER", "bus");
        second = Program.ready(Files.createDirectories(directory.resolve("second")), joining);
        pages = new Pages(second);
    }

    @AfterAll
    static void stop() throws IOException {
        pages.close();
        second.close();
        first.close();
    }

    /** The clock of the page stands still: it knows only what it is told. */
    @Test
    void tellsAPageOfOneNodeWhatHappensOnTheOther() {
        var page = pages.open("en-GB");
        page.clock().install();
        page.clock().pauseAt(Instant.now().plusSeconds(60).toEpochMilli());
        pages.logIn(page, "admin", Program.PASSWORD);
        var path = first.program().subscribe("Elsewhere", "http://127.0.0.1:9/", "\"elsewhere.>\"", "");
        var row = page.locator("tr:has(.name:text-is('Elsewhere'))");
        assertThat(row.locator(".chip")).hasText("ACTIVE");
        first.program().object("PATCH", path, "{\"enabled\":false}");
        assertThat(row.locator(".chip")).hasText("PAUSED");
        first.program().object("DELETE", path, "");
        assertThat(row).hasCount(0);
    }

    @Test
    void addsUpWhatBothNodesDoAndShowsWorkOfEither() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var path = first.subscribe("both", receiver, "");
            for (int n = 0; n < 40; n++) {
                first.program().publish("both.seen", "{\"n\":" + n + "}");
            }
            var page = pages.open("en-GB");
            pages.logIn(page, "admin", Program.PASSWORD);
            page.navigate(second.url("/overview.xhtml"));
            assertThat(page.locator(".legend li:has-text('delivered')").first())
                    .hasText(Pattern.compile("delivered\\s+40"));
            assertThat(page.locator(".nodes tbody .chip.active")).hasCount(2);

            page.navigate(second.url("/bulk.xhtml?do=pause&all=yes&q=both"));
            page.locator("[id='form:begin']").click();
            assertThat(page.locator(".errand")).containsText("1 of 1");
            assertThat(first.program().webhook(path).getString("state")).isEqualTo("paused");
        }
        for (var program : new Program[] {first.program(), second}) {
            assertThat(program.log())
                    .doesNotContain("worker.failed worker=tallies", "channels.failed", "errand.step-failed");
        }
    }
}
