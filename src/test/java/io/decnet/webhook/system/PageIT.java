package io.decnet.webhook.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The admin page in a real browser. */
@Timeout(600)
class PageIT {
    @TempDir
    Path directory;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void showsTheThreeStatesAndClearsATrip() {
        try (var program = Program.ready(directory, Map.of());
                var receiver = ScriptedReceiver.start(ScriptedReceiver.ok());
                var broken = ScriptedReceiver.start(ScriptedReceiver.status(503, "down"));
                var playwright = Playwright.create();
                var browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(System.getProperty("decnet.test.chromium")))
                                .setArgs(List.of("--no-sandbox")))) {
            program.subscribe("SIEM", receiver.url("/siem"), "\"attacker.>\",\"decky.*.state\"", "");
            var paused = program.subscribe("Ticketing", receiver.url("/tickets"), "\"system.>\"", "");
            program.object("PATCH", paused, "{\"enabled\":false}");
            var trips = program.subscribe(
                    "SOAR", broken.url("/soar"), "\"attacker.>\"", "\"retry_schedule\":\"\",\"circuit_threshold\":2");

            Page page = logIn(program, browser);
            assertThat(page.locator("#counts")).hasText("3 configured · 2 active · 1 paused");
            program.publish("attacker.seen", "{\"n\":1}");
            program.publish("attacker.seen", "{\"n\":2}");
            assertThat(page.locator("#counts")).containsText("1 TRIPPED"); // by itself, without a reload
            assertThat(page.locator(".chip.tripped")).containsText("TRIPPED");
            Assertions.assertThat(page.locator(".chip.tripped").getAttribute("title"))
                    .contains("Re-enable via Edit");
            program.publish("attacker.seen", "{\"n\":3}");
            assertThat(page.locator("tr.tripped")).containsText("1 held");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "page.png")));
            accessible(page);

            page.locator("tr.tripped a:has-text('Edit')").click();
            accessible(page);
            broken.script(ScriptedReceiver.ok());
            page.locator("[id='form:save']").click();
            assertThat(page.locator("#counts")).hasText("3 configured · 2 active · 1 paused");
            await().atMost(Program.PATIENCE).until(() -> broken.requests().size() == 3);
            Assertions.assertThat(program.webhook(trips).getInt("consecutive_failures"))
                    .isZero();
            Assertions.assertThat(complaints).isEmpty();
        }
    }

    private Page logIn(Program program, Browser browser) {
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 720));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.navigate(program.url("/"));
        accessible(page);
        page.fill("#name", "admin");
        page.fill("#password", Program.PASSWORD);
        page.locator("button:has-text('Log in')").click();
        return page;
    }

    private static void accessible(Page page) {
        for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Assertions.assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as(scheme + " " + page.url())
                    .isEmpty();
        }
    }
}
