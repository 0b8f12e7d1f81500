package io.decnet.webhook.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages are told what changes, and find it out themselves where they cannot be told. */
@Timeout(300)
class PagePushIT {
    private static final String SETTINGS = "\"circuit_threshold\":1,\"retry_schedule\":\"\"";

    @TempDir
    static Path directory;

    private static Program program;
    private static Pages pages;

    @BeforeAll
    static void start() {
        program = Program.ready(directory, Map.of());
        pages = new Pages(program);
    }

    @AfterAll
    static void stop() {
        pages.close();
        program.close();
    }

    private static void trip(Page page, String name) {
        try (var broken = ScriptedReceiver.start(ScriptedReceiver.status(503, "down"))) {
            var topic = name.toLowerCase(java.util.Locale.ROOT);
            program.subscribe(name, broken.url("/"), "\"" + topic + ".>\"", SETTINGS);
            assertThat(page.locator("tr:has(.name:text-is('" + name + "')) .chip"))
                    .hasText("ACTIVE");
            program.publish(topic + ".seen", "{}");
            assertThat(page.locator("tr:has(.name:text-is('" + name + "')) .chip"))
                    .hasText(Pattern.compile("TRIPPED.*"));
        }
    }

    /** The clock of the page stands still, so it asks for nothing of its own accord. */
    @Test
    void showsATripWhenItIsTold() {
        var page = pages.open("en-GB");
        page.clock().install();
        page.clock().pauseAt(Instant.now().plusSeconds(60).toEpochMilli());
        pages.logIn(page, "admin", Program.PASSWORD);
        trip(page, "Told");
    }

    @Test
    void showsATripWhenTheChannelIsCut() {
        var page = pages.open("en-GB");
        page.route("**/changes", Route::abort);
        pages.logIn(page, "admin", Program.PASSWORD);
        trip(page, "Asked");
    }

    private static String readToTheEnd(InputStream told) {
        try {
            return new String(told.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tellsNobodyWithoutALoginAndEndsWithTheSession() throws IOException, InterruptedException {
        // An upgrade to HTTP/2 would be refused instead of redirected.
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var nobody = http.send(
                HttpRequest.newBuilder(URI.create(program.url("/changes"))).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(nobody.statusCode()).isEqualTo(302);

        var page = pages.open("en-GB");
        pages.logIn(page, "admin", Program.PASSWORD);
        var cookie = page.context().cookies().stream()
                .filter(kept -> kept.name.contains("SESSION"))
                .map(kept -> kept.name + "=" + kept.value)
                .findFirst()
                .orElseThrow();
        var channel = http.send(
                HttpRequest.newBuilder(URI.create(program.url("/changes")))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(channel.statusCode()).isEqualTo(200);
        assertThat(channel.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        try (InputStream told = channel.body()) {
            assertThat(new String(told.readNBytes(15), StandardCharsets.UTF_8)).isEqualTo("data: changed\n\n");
            var rest = CompletableFuture.supplyAsync(() -> readToTheEnd(told));
            page.locator("button:has-text('Log out')").click();
            // It would end by itself, but after five minutes only.
            assertThat(rest).succeedsWithin(Duration.ofSeconds(60));
        }
    }
}
