package io.decnet.webhook.system;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.Assertions;

/** A browser at the program's pages, and what is asked of every page: nothing on the console, nothing axe finds, in either theme. */
final class Pages implements AutoCloseable {
    private final Program program;
    private final Playwright playwright = Playwright.create();
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    Pages(Program program) {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Program.PATIENCE.toMillis());
        this.program = program;
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("decnet.test.chromium")))
                        .setArgs(List.of("--no-sandbox")));
    }

    /** A page of a browser of its own, logged in. */
    Page logIn(String name, String password) {
        var page = open("en-GB");
        page.navigate(program.url("/"));
        check(page, "login");
        logIn(page, name, password);
        return page;
    }

    /** Logs in on that page, which ends at the list. */
    void logIn(Page page, String name, String password) {
        page.navigate(program.url("/"));
        page.fill("#name", name);
        page.fill("#password", password);
        page.locator("button:has-text('Log in')").click();
        page.waitForURL(program.url("/"));
    }

    /** A page of a browser that asks for that language, not logged in. */
    Page open(String language) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setLocale(language)
                .setTimezoneId("Asia/Kolkata")
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout((double) Program.PATIENCE.toMillis());
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onDialog(dialog -> {
            complaints.add(page.url() + " opened a dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    /** Looks at the page in both themes and keeps a picture of each. */
    void check(Page page, String name) {
        for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Assertions.assertThat(new AxeBuilder(page).analyze().getViolations())
                    .as(scheme + " " + page.url())
                    .isEmpty();
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(
                            "target", "screenshots", name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        }
    }

    /** Goes on by Tab from the first stop, until it has been everywhere. */
    void requireEveryStop(Page page) {
        var all = (int) page.evaluate("() => { window.stops = new Set(); return [...document.querySelectorAll("
                + "'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]')]"
                + ".filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled).length; }");
        for (int stop = 0; stop < all; stop++) {
            Assertions.assertThat(
                            (String) page.evaluate("() => { const at = document.activeElement; window.stops.add(at);"
                                    + " const style = getComputedStyle(at);"
                                    + " const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;"
                                    + " return seen ? '' : at.outerHTML.slice(0, 200); }"))
                    .as("where one does not see that one is on " + page.url() + ", at stop " + stop + " of " + all)
                    .isEmpty();
            page.keyboard().press("Tab");
        }
        Assertions.assertThat((int) page.evaluate("window.stops.size"))
                .as(page.url())
                .isEqualTo(all);
    }

    void requireNoComplaints() {
        var heard = List.copyOf(complaints);
        complaints.clear();
        Assertions.assertThat(heard).isEmpty();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
