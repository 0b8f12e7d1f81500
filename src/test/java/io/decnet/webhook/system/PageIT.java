package io.decnet.webhook.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The admin page in a real browser: what an operator sees and does, step by step. */
@Timeout(300)
class PageIT {
    @TempDir
    static Path directory;

    private static Program program;
    private static Pages pages;

    @BeforeAll
    static void start() {
        program = Program.ready(directory, Map.of("DECNET_WEBHOOK_RETRY_SCHEDULE", "100ms"));
        pages = new Pages(program);
    }

    @AfterAll
    static void stop() {
        pages.close();
        program.close();
    }

    @AfterEach
    void noComplaints() {
        pages.requireNoComplaints();
    }

    private static Page admin() {
        return pages.logIn("admin", Program.PASSWORD);
    }

    private static Locator row(Page page, String name) {
        return page.locator("tr:has(.name:text-is('" + name + "'))");
    }

    /** The story of a bad night, from the first webhook to the replay. */
    @Test
    void goesFromTheFirstWebhookOverATripToTheReplay() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var page = admin();
            page.locator("a:has-text('New webhook')").click();
            page.fill("[id='form:name']", "Night");
            page.fill("[id='form:url']", receiver.url("/night"));
            page.fill("[id='form:patterns']", "night.>");
            page.locator("[id='form:topic']").pressSequentially("night.seen");
            assertThat(page.locator("#matches .result").first()).hasText("matches night.>");
            pages.check(page, "edit");
            page.locator("summary:has-text('Settings')").click();
            page.fill("[id='form:threshold']", "2");
            page.fill("[id='form:schedule']", "");
            page.locator("[id='form:save']").click();

            assertThat(page.locator("h1")).hasText("The secret of Night");
            var secret = page.locator("#secret").textContent();
            Assertions.assertThat(secret).hasSizeGreaterThanOrEqualTo(40);
            page.locator("button:has-text('Copy')").click();
            assertThat(page.locator("button:has-text('Copied')")).isVisible();
            Assertions.assertThat(page.evaluate("navigator.clipboard.readText()"))
                    .isEqualTo(secret);
            pages.check(page, "secret");
            page.reload();
            assertThat(page.locator("#secret")).hasCount(0);
            page.locator("a:has-text('Done')").click();

            row(page, "Night").locator("button:has-text('Test')").click();
            assertThat(page.locator("#notices")).containsText("Test delivered: HTTP 200");
            program.publish("night.seen", "{\"n\":1}");
            assertThat(row(page, "Night").locator("time")).hasCount(1); // the last success, by itself
            assertThat(row(page, "Night").locator(".spark rect.c-delivered")).hasCount(1);

            receiver.script(ScriptedReceiver.status(503, "<script>alert('down')</script>"));
            program.publish("night.seen", "{\"n\":2}");
            assertThat(row(page, "Night")).containsText("1/2");
            for (int n = 3; n < 7; n++) {
                program.publish("night.seen", "{\"n\":" + n + "}");
            }
            assertThat(page.locator("#counts .alarm")).hasText(Pattern.compile("[0-9]+ TRIPPED"));
            var chip = row(page, "Night").locator(".chip.tripped");
            assertThat(chip).hasText(Pattern.compile("TRIPPED · .*[0-9]:[0-9].*"));
            Assertions.assertThat(chip.getAttribute("title"))
                    .startsWith("Tripped since")
                    .endsWith("Re-enable via Edit");
            // What was on the wire when it tripped may have failed; what comes now cannot.
            program.publish("night.seen", "{\"n\":7}");
            assertThat(row(page, "Night")).containsText(Pattern.compile("[0-9] held"));
            assertThat(row(page, "Night")).containsText("HTTP 503");
            pages.check(page, "list");

            page.locator(".alarms li:has-text('Night') a:has-text('See why')").click();
            assertThat(page.locator(".timeline .tripped"))
                    .containsText("after 2 failures in a row, the last: HTTP 503");
            pages.check(page, "webhook");
            page.locator("a:has-text('All deliveries')").click();
            page.selectOption("#state", "failed");
            page.locator("button:has-text('Show')").click();
            assertThat(page.locator("tbody tr .chip.failed").first()).isVisible();
            assertThat(page.locator("tbody tr .chip:not(.failed)")).hasCount(0);
            pages.check(page, "deliveries");
            page.locator("tbody tr a").first().click();
            assertThat(page.locator(".attempt pre").first()).hasText("<script>alert('down')</script>");
            page.locator("summary:has-text('Request headers')").first().click();
            assertThat(page.locator(".headers").first()).containsText("sha256=");
            Assertions.assertThat(page.content()).doesNotContain(secret);
            pages.check(page, "delivery");
            page.navigate(program.url("/"));
            receiver.script(ScriptedReceiver.ok());
            row(page, "Night").locator("a:has-text('Edit')").click();
            pages.check(page, "edit-tripped");
            page.locator("[id='form:save']").click();
            assertThat(row(page, "Night").locator(".chip.active")).isVisible();
            assertThat(row(page, "Night").locator("td:has-text('held')")).hasCount(0);
            await().atMost(Program.PATIENCE)
                    .until(() -> receiver.texts().stream().anyMatch(body -> body.contains("\"n\":7")));

            row(page, "Night").locator("a:has-text('Deliveries')").click();
            page.locator("tbody tr:has(.chip.delivered) a").first().click();
            page.locator("[id='form:replay']").click();
            assertThat(page.locator("#notices")).containsText("It is sent again");
            page.navigate(program.url("/"));
            int before = receiver.requests().size();
            row(page, "Night").locator("a:has-text('Replay')").click();
            pages.check(page, "replay");
            page.locator("[id='form:replay']").click();
            assertThat(page.locator("#notices"))
                    .containsText(Pattern.compile("[1-9][0-9]* deliveries of Night are sent again"));
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() > before);
        }
    }

    @Test
    void showsAtOneLookWhatWentWrongAndHowMuchWentWell() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok());
                var broken = ScriptedReceiver.start(ScriptedReceiver.status(500, "<b>no</b>"))) {
            program.subscribe("Seen well", receiver.url("/well"), "\"seen.>\"", "");
            program.subscribe(
                    "Seen broken",
                    broken.url("/broken"),
                    "\"seen.>\"",
                    "\"circuit_threshold\":1,\"retry_schedule\":\"\"");
            program.publish("seen.one", "{}");
            var page = admin();
            page.locator("nav a:has-text('Overview')").click();
            assertThat(page.locator(".alarms li:has-text('Seen broken')")).containsText("HTTP 500");
            assertThat(page.locator(".alarms li:has-text('Seen broken') .chip")).containsText("TRIPPED");
            assertThat(page.locator(".charts svg rect.c-delivered")).hasCount(2);
            assertThat(page.locator(".charts svg rect.c-failed").first()).isVisible();
            assertThat(page.locator(".tiles div:has-text('An attempt takes')"))
                    .containsText(Pattern.compile("p99 [0-9]"));
            assertThat(page.locator(".health .chip.active")).hasCount(3);
            assertThat(page.locator(".nodes tbody .chip.active")).hasText("alive");
            pages.check(page, "overview");
            page.locator(".charts summary").first().click();
            assertThat(page.locator(".charts tbody tr").first()).isVisible();
            pages.check(page, "overview-table");
            page.setViewportSize(390, 844);
            Assertions.assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            pages.check(page, "overview-phone");
        }
    }

    @Test
    void pausesAndResumes() {
        var receiver = program.subscribe("Pausable", "http://127.0.0.1:9/", "\"pausable.>\"", "");
        var page = admin();
        row(page, "Pausable").locator("button:has-text('Pause')").click();
        assertThat(row(page, "Pausable").locator(".chip")).hasText("PAUSED");
        program.publish("pausable.seen", "{\"id\":\"pausable-1\",\"payload\":1}");
        assertThat(row(page, "Pausable")).containsText("1 held");
        row(page, "Pausable").locator("button:has-text('Resume')").click();
        assertThat(row(page, "Pausable").locator(".chip")).hasText("ACTIVE");
        page.navigate(program.url("/explain.xhtml?q=pausable-1"));
        assertThat(page.locator("tr:has(.name:text-is('Pausable'))")).containsText("was paused by admin");
        program.object("DELETE", receiver, "");
    }

    @Test
    void enablesWithoutWhatIsHeld() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var path = program.subscribe("Unwanted", receiver.url("/unwanted"), "\"unwanted.>\"", "");
            program.object("PATCH", path, "{\"enabled\":false}");
            for (int n = 1; n <= 3; n++) {
                program.publish("unwanted.seen", "{\"n\":" + n + "}");
            }
            var page = admin();
            assertThat(row(page, "Unwanted")).containsText("3 held");
            row(page, "Unwanted").locator("a:has-text('Edit')").click();
            page.selectOption("[id='form:circuit']", "ENABLE_DISCARD");
            page.locator("[id='form:save']").click();
            assertThat(page.locator("#notices")).containsText("3 held deliveries are discarded");
            assertThat(row(page, "Unwanted").locator(".chip")).hasText("ACTIVE");
            program.publish("unwanted.seen", "{\"n\":4}");
            await().atMost(Program.PATIENCE).until(() -> !receiver.texts().isEmpty());
            Assertions.assertThat(receiver.texts()).singleElement().asString().contains("\"n\":4");

            page.navigate(program.url("/errand.xhtml"));
            assertThat(page.locator(".errand:has-text('Discard what Unwanted holds')"))
                    .containsText("3 of 3");
            program.object("DELETE", path, "");
        }
    }

    @Test
    void rotatesASecretAndShowsItOnce() {
        program.subscribe("Rotated", "http://127.0.0.1:9/", "\"rotated.>\"", "");
        var page = admin();
        row(page, "Rotated").locator("a:has-text('Rotate secret')").click();
        pages.check(page, "rotate");
        page.fill("[id='form:secret']", "short");
        page.locator("[id='form:rotate']").click();
        assertThat(page.locator(".error")).containsText("must have 16 to 256 characters");
        page.fill("[id='form:secret']", "");
        page.locator("[id='form:rotate']").click();
        assertThat(page.locator("#secret")).hasText(Pattern.compile("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void doesWithManyWhatIsAskedOfThemAndShowsHowFarItIs() {
        for (var name : new String[] {"Herd one", "Herd two", "Herd three"}) {
            program.subscribe(name, "http://127.0.0.1:9/", "\"herd.>\"", "");
        }
        var page = admin();
        page.locator("#bulk button:has-text('Delete')").click();
        assertThat(page.locator("#notices")).containsText("No webhook was chosen");
        page.navigate(program.url("/?q=herd"));
        page.locator("[data-picks]").check();
        page.locator("input[aria-label='Choose Herd three']").uncheck();
        page.locator("#bulk button:has-text('Pause')").press("Enter");
        assertThat(page.locator("h1")).hasText("Pause 2 webhooks?");
        assertThat(page.locator(".named")).not().containsText("Herd three");
        pages.check(page, "bulk");
        page.locator("[id='form:begin']").click();
        assertThat(page.locator(".errand")).containsText("2 of 2");
        pages.check(page, "errand");
        page.navigate(program.url("/?q=herd"));
        assertThat(page.locator(".chip.paused")).hasCount(2);
        assertThat(row(page, "Herd three").locator(".chip")).hasText("ACTIVE");

        page.locator("#bulk input[name=all]").check();
        page.locator("#bulk button:has-text('Delete')").click();
        assertThat(page.locator("h1")).hasText("Delete 3 webhooks?");
        var late = program.subscribe("Herd four", "http://127.0.0.1:9/", "\"herd.>\"", "");
        page.locator("[id='form:begin']").click();
        assertThat(page.locator("#notices")).containsText("The choice has changed by now; it has 4");
        program.object("DELETE", late, "");
        page.navigate(program.url("/bulk.xhtml?do=delete&all=yes&q=herd"));
        page.locator("[id='form:begin']").click();
        assertThat(page.locator(".errand")).containsText("3 of 3");
        page.navigate(program.url("/?q=herd"));
        assertThat(page.locator(".empty")).isVisible();
        page.navigate(program.url("/audit.xhtml?what=webhook.delete"));
        assertThat(page.locator("tr:has-text('Herd one')")).containsText("admin");
    }

    /** What somebody finds who has just begun: the next step is always on the page. */
    @Test
    void leadsANewUserToTheFirstSignedDelivery() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var page = admin();
            page.navigate(program.url("/edit.xhtml"));
            page.fill("[id='form:name']", "First steps");
            page.fill("[id='form:url']", receiver.url("/first"));
            page.fill("[id='form:patterns']", "first.*.seen");
            page.locator("[id='form:save']").click();
            page.locator("a:has-text('To the webhook')").click();
            assertThat(page.locator(".first pre")).containsText("\"topic\":\"first.test.seen\"");
            pages.check(page, "webhook-new");
            page.locator("button:has-text('Publish first.test.seen now')").click();
            assertThat(page.locator("#notices")).containsText("Published: first.test.seen");
            assertThat(page.locator("tbody tr .chip.delivered")).hasCount(1);
            Assertions.assertThat(receiver.requests().get(0).header("X-DECNET-Signature"))
                    .isPresent();
        }
    }

    /** A page that follows another needs an address, also when nothing is searched for. */
    @Test
    void goesOnToTheNextPage() {
        for (int n = 0; n < 51; n++) {
            program.subscribe("Crowd " + n, "http://127.0.0.1:9/", "\"crowd.>\"", "");
        }
        var page = admin();
        page.locator("a.more").click();
        assertThat(page.locator(".name").first()).isVisible();
        page.navigate(program.url("/audit.xhtml"));
        assertThat(page.locator("a.more")).isVisible();
        page.navigate(program.url("/bulk.xhtml?do=delete&all=yes&q=crowd"));
        page.locator("[id='form:begin']").click();
        assertThat(page.locator(".errand")).containsText("51 of 51");
    }

    @Test
    void asksBeforeItDeletes() {
        program.subscribe("Doomed", "http://127.0.0.1:9/", "\"doomed.>\"", "");
        var page = admin();
        row(page, "Doomed").locator("a:has-text('Delete')").click();
        assertThat(page.locator("h1")).hasText("Delete Doomed?");
        pages.check(page, "delete");
        page.locator("a:has-text('Cancel')").click();
        assertThat(row(page, "Doomed")).isVisible();
        row(page, "Doomed").locator("a:has-text('Delete')").click();
        page.locator("[id='form:delete']").click();
        assertThat(page.locator("#notices")).containsText("Webhook deleted");
        assertThat(row(page, "Doomed")).hasCount(0);
    }

    @Test
    void saysWhatIsWrongWithAFieldAsTheReaderLeavesIt() {
        var page = admin();
        page.navigate(program.url("/edit.xhtml"));
        page.fill("[id='form:url']", "ftp://files.example/");
        page.locator("[id='form:url']").blur();
        assertThat(page.locator("#urlsays .error")).isVisible();
        page.fill("[id='form:url']", "http://127.0.0.1:9/");
        page.locator("[id='form:url']").blur();
        assertThat(page.locator("#urlsays .warning")).containsText("unencrypted");
        page.locator("[id='form:save']").click();
        assertThat(page.locator("body")).containsText("choose a preset or give a pattern");
    }

    @Test
    void testsWithAPayloadAndShowsTheAnswer() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(418, "<b>teapot</b> \u202e"))) {
            program.subscribe("Tested", receiver.url("/tested"), "\"tested.>\"", "");
            var page = admin();
            row(page, "Tested").locator("a.name").click();
            page.locator("h1 ~ .actions a:text-is('Test')").click();
            page.fill("[id='form:payload']", "{\"mine\":");
            page.locator("[id='form:send']").click();
            assertThat(page.locator(".error")).hasText("is not JSON");
            page.fill("[id='form:payload']", "{\"mine\":true}");
            page.locator("[id='form:send']").click();
            assertThat(page.locator("#notices")).containsText("HTTP 418");
            assertThat(page.locator("#answer")).hasText("<b>teapot</b> \\u202E");
            pages.check(page, "test");
            Assertions.assertThat(
                            new String(receiver.requests().get(0).body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("{\"mine\":true}");
        }
    }

    @Test
    void explainsWhyAnEventWasDeliveredOrNot() {
        program.subscribe("Wants it", "http://127.0.0.1:9/", "\"explained.>\"", "\"retry_schedule\":\"\"");
        program.subscribe("Wants other", "http://127.0.0.1:9/", "\"other.>\"", "");
        program.publish("explained.seen", "{\"id\":\"ex-1\",\"payload\":\"<img src=x onerror=alert(1)>\"}");
        var page = admin();
        page.navigate(program.url("/explain.xhtml?q=ex-1"));
        await().atMost(Program.PATIENCE).until(() -> {
            page.reload();
            return page.locator("tr:has-text('Wants it')").textContent().contains("Failed after 1 attempts");
        });
        assertThat(page.locator("tr:has(.name:text-is('Wants other'))")).containsText("No pattern matches");
        pages.check(page, "explain");
        page.locator("tr:has(.name:text-is('Wants it')) .chip").click();
        assertThat(page.locator("#body + pre")).containsText("<img src=x onerror=alert(1)>");
        page.navigate(program.url("/explain.xhtml?q=other.thing"));
        assertThat(page.locator("tr:has(.name:text-is('Wants other'))")).containsText("would be delivered now");
        program.publish("explained.badly", "{\"id\":\"ex-2\",\"payload\":");
        await().atMost(Program.PATIENCE).until(() -> {
            page.navigate(program.url("/explain.xhtml?q=ex-2"));
            return page.locator("main").textContent().contains("Messages lately rejected may be meant");
        });
        assertThat(page.locator(".seen li")).containsText("decnet.explained.badly");
    }

    @Test
    void showsRejectedEventsWithoutTheirScript() {
        program.publish("rejected.seen", "<script>alert('in')</script>");
        var page = admin();
        page.locator("nav a:has-text('Rejected')").click();
        page.locator("tbody summary").first().click();
        assertThat(page.locator("tbody pre").first()).hasText("<script>alert('in')</script>");
        pages.check(page, "rejected");
    }

    @Test
    void managesAccountsAndTokensAndKeepsALog() {
        var page = admin();
        page.locator("nav a:has-text('Accounts')").click();
        page.fill("[id='form:name']", "otto");
        page.fill("[id='form:password']", "short");
        page.locator("[id='form:save']").click();
        assertThat(page.locator(".error")).containsText("12 to 256");
        page.fill("[id='form:password']", "otto-works-at-night");
        page.selectOption("[id='form:role']", "admin");
        page.locator("[id='form:save']").click();
        assertThat(page.locator("tr:has-text('otto')")).containsText("admin");
        pages.check(page, "accounts");
        page.fill("[id='form:name']", "otto");
        page.locator("[id='form:delete']").click();
        assertThat(page.locator("tr:has-text('otto')")).hasCount(0);
        page.fill("[id='form:name']", "otto");
        page.locator("[id='form:delete']").click();
        assertThat(page.locator(".error")).containsText("no such account");

        page.locator("nav a:has-text('tokens')").click();
        page.fill("[id='form:name']", "ci");
        page.locator("[id='form:create']").click();
        assertThat(page.locator("#token")).isVisible();
        pages.check(page, "tokens");
        page.locator("tr:has-text('ci') button:has-text('Revoke')").click();
        assertThat(page.locator("tr:has-text('ci')")).hasCount(0);

        page.locator("nav a:has-text('Audit')").click();
        assertThat(page.locator("tbody")).containsText("account.delete");
        pages.check(page, "audit");
        page.locator("nav a:has-text('Settings')").click();
        assertThat(page.locator("tr:has-text('ADMIN_PASSWORD')")).containsText("set, not shown");
        Assertions.assertThat(page.content()).doesNotContain(Program.PASSWORD);
        pages.check(page, "settings");
    }

    @Test
    void speaksGermanToWhoAsksForIt() {
        var page = pages.open("de-DE");
        page.navigate(program.url("/"));
        assertThat(page.locator("h1")).hasText("Anmelden");
        page.fill("#name", "admin");
        page.fill("#password", Program.PASSWORD);
        page.locator("button:has-text('Anmelden')").click();
        assertThat(page.locator("#counts")).containsText("eingerichtet");
        pages.check(page, "list-de");
        refusesInGerman(page);
        page.navigate(program.url("/"));
        page.locator("a:has-text('English')").click();
        assertThat(page.locator("#counts")).containsText("configured");
        page.navigate(program.url("/"));
        assertThat(page.locator("#counts")).containsText("configured"); // the choice is kept
    }

    /** What other rooms refuse: names, destinations, patterns, secrets, settings. */
    private void refusesInGerman(Page page) {
        page.navigate(program.url("/edit.xhtml"));
        page.fill("[id='form:url']", "http://169.254.169.254/");
        page.fill("[id='form:patterns']", "a..b");
        page.fill("[id='form:secret']", "kurz");
        page.locator("summary").click();
        page.fill("[id='form:schedule']", "bald");
        page.fill("[id='form:threshold']", "0");
        page.locator("[id='form:save']").click();
        for (var said : List.of(
                "muss 1 bis 64 Zeichen haben",
                "verbotenes Ziel: 169.254.169.254 ist ein Metadaten-Dienst",
                "hat einen leeren Teil zwischen Punkten",
                "muss 16 bis 256 Zeichen haben",
                "muss eine ganze Zahl von 1 bis 1000 sein",
                "höchstens 20 Wartezeiten")) {
            assertThat(page.locator("[id='form']")).containsText(said);
        }
        pages.check(page, "edit-de");
    }

    /** In the language with the longer words, and with a webhook that has tripped. */
    @Test
    void fitsFromAPhoneToAWall() {
        var path = program.subscribe(
                "Wide enough for whoever reads it at night",
                "http://127.0.0.1:9/a/rather/long/path/to/the/receiver/of/a/tenant?with=parameters",
                "\"wide.>\",\"wider.*.than.other\"",
                "\"circuit_threshold\":1,\"retry_schedule\":\"\"");
        program.publish("wide.one", "{}");
        await().atMost(Program.PATIENCE)
                .until(() -> program.webhook(path).getString("state").equals("tripped"));
        program.publish("wide.two", "{}");
        var of = "?id=" + path.substring(path.lastIndexOf('/') + 1);
        var page = admin();
        page.navigate(program.url("/?lang=de"));
        for (var where : List.of(
                "/",
                "/overview.xhtml",
                "/webhook.xhtml" + of,
                "/deliveries.xhtml" + of,
                "/edit.xhtml" + of,
                "/replay.xhtml" + of,
                "/explain.xhtml?q=wide.one",
                "/bulk.xhtml?do=pause&all=yes",
                "/rejected.xhtml",
                "/errand.xhtml",
                "/audit.xhtml",
                "/accounts.xhtml",
                "/tokens.xhtml",
                "/settings.xhtml")) {
            page.navigate(program.url(where));
            for (int width : new int[] {390, 1100, 1280, 1600, 3840}) {
                page.setViewportSize(width, 900);
                Assertions.assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as(where + " at " + width)
                        .isLessThanOrEqualTo(width);
            }
        }
        program.object("DELETE", path, "");
    }

    @Test
    void letsAViewerLookAndNothingElse() {
        program.subscribe("Looked at", "http://127.0.0.1:9/", "\"looked.>\"", "");
        program.object(
                "POST", "/accounts", "{\"name\":\"vera\",\"password\":\"vera-looks-around\",\"role\":\"viewer\"}");
        var page = pages.logIn("vera", "vera-looks-around");
        assertThat(row(page, "Looked at")).isVisible();
        assertThat(page.locator("main button[name=act], main a:has-text('Edit'), main a:has-text('Delete')"))
                .hasCount(0);
        pages.check(page, "list-viewer");
        row(page, "Looked at").locator("a:has-text('Deliveries')").click();
        assertThat(page.locator("h1")).hasText("Deliveries of Looked at");
        var id = program.object("GET", "/webhooks?q=looked", "")
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("uuid");
        for (var form : new String[] {"accounts", "tokens", "audit"}) {
            Assertions.assertThat(page.request()
                            .get(program.url("/" + form + ".xhtml"))
                            .status())
                    .isEqualTo(403);
        }
        for (var form : new String[] {"delete", "rotate", "edit", "test", "replay"}) {
            page.navigate(program.url("/" + form + ".xhtml?id=" + id));
            assertThat(page.locator("main input[type=submit]")).hasCount(0);
        }
    }

    @Test
    void findsAndSorts() {
        program.subscribe("Needle one", "http://127.0.0.1:9/needle", "\"needle.>\"", "");
        program.subscribe("Needle two", "http://127.0.0.1:9/needle", "\"needle.>\"", "");
        var page = admin();
        page.fill("#q", "NEEDLE");
        page.selectOption("#sort", "newest");
        page.locator("button:has-text('Show')").click();
        assertThat(page.locator(".name")).hasText(new String[] {"Needle two", "Needle one"});
        page.selectOption("#sort", "name");
        page.selectOption("#state", "active");
        page.locator("button:has-text('Show')").click();
        assertThat(page.locator(".name")).hasText(new String[] {"Needle one", "Needle two"});
        page.selectOption("#state", "tripped");
        page.locator("button:has-text('Show')").click();
        assertThat(page.locator(".empty")).isVisible();
    }

    @Test
    void findsAnEventInTheLogAndReplaysWhatIsTicked() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            program.subscribe("Ticked", receiver.url("/ticked"), "\"ticked.>\"", "");
            for (int n = 1; n <= 3; n++) {
                program.publish("ticked.seen", "{\"id\":\"tick-" + n + "\",\"payload\":" + n + "}");
            }
            var page = admin();
            row(page, "Ticked").locator("a:has-text('Deliveries')").click();
            assertThat(page.locator("tbody .chip.delivered")).hasCount(3); // by itself
            page.locator("#pick").click();
            assertThat(page.locator("#notices")).containsText("Choose at least one delivery");
            page.getByLabel("Choose tick-1").check();
            page.getByLabel("Choose tick-3").check();
            page.locator("#pick").click();
            assertThat(page.locator("h1")).hasText("Replay 2 deliveries of Ticked?");
            pages.check(page, "selection");
            page.locator("[id='form:replay']").click();
            assertThat(page.locator("#notices")).containsText("2 deliveries are sent again");
            await().atMost(Program.PATIENCE).until(() -> receiver.requests().size() == 5);
            Assertions.assertThat(receiver.texts().subList(3, 5))
                    .anyMatch(body -> body.contains("tick-1"))
                    .anyMatch(body -> body.contains("tick-3"));
            page.fill("#event", "tick-2");
            page.locator("button:has-text('Show')").click();
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("tick-2");
        }
    }

    /** Tab comes to everything that can be pressed, one after the other, and one sees where one is. */
    @Test
    void isWalkedByKeyboard() {
        var webhook = program.subscribe("By keyboard", "http://127.0.0.1:9/", "\"keyboard.>\"", "");
        var id = webhook.substring("/webhooks/".length());
        var page = admin();
        for (var path : new String[] {
            "/",
            "/webhook.xhtml?id=" + id,
            "/deliveries.xhtml?id=" + id,
            "/edit.xhtml?id=" + id,
            "/explain.xhtml?q=keyboard.seen",
            "/accounts.xhtml"
        }) {
            page.navigate(program.url(path));
            page.keyboard().press("Tab");
            assertThat(page.locator("a.skip")).isFocused();
            pages.requireEveryStop(page);
        }
        page.navigate(program.url("/edit.xhtml?id=" + id));
        page.keyboard().press("Tab");
        page.keyboard().press("Enter"); // skips to the content
        page.keyboard().press("Tab");
        assertThat(page.locator("[id='form:name']")).isFocused();
        page.keyboard().press("End");
        page.keyboard().type("!");
        page.keyboard().press("Enter");
        assertThat(page.locator("#notices")).containsText("Saved: By keyboard!");
    }
}
