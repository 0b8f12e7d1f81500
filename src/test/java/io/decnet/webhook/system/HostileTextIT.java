package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.microsoft.playwright.Page;
import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import jakarta.jms.JMSException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page with texts of attackers on it: from producers, receivers and foreign callers by the ways they have, and where no way is known, written
 * into the table. Nothing of it runs, nothing of it turns the text around, and it pushes nothing off a narrow screen.
 */
@Timeout(600)
class HostileTextIT {
    private static final String MARKUP =
            "<script>window.hacked=1</script>\"><img src=x onerror=\"window.hacked=2\">'x${7*7}x#{7*7}x";
    private static final String UNSEEN = "\u0007\u001b[31m\r\nSet-Cookie: a=b\u009b\u202E\u2066\u200b\u2028\ufeff";
    private static final String HOSTILE = MARKUP + UNSEEN;
    private static final String NAME = "<img src=x onerror=window.hacked=3>x${7*7}x#{7*7}x";
    private static final String TOPIC = "hostile.<img/src=x/onerror=window.hacked=4>.x${7*7}x#{7*7}x";

    /** What is amiss in a page, in words; the value of a field may be anything, it stands by itself. */
    private static final String COMPLAINTS = """
            () => {
              const unseen = /[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]/;
              const found = [];
              const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const text = texts.currentNode;
                if (unseen.test(text.nodeValue) && !text.parentElement.closest('textarea')) {
                  found.push('unseen characters in ' + text.parentElement.outerHTML.slice(0, 200));
                }
              }
              document.querySelectorAll('*').forEach(function (element) {
                if (element.matches('img, iframe, object, embed, script:not([src])')) {
                  found.push('an element ' + element.outerHTML.slice(0, 200));
                }
                for (const attribute of element.attributes) {
                  if (attribute.name.startsWith('on')) {
                    found.push('a script in an attribute ' + element.outerHTML.slice(0, 200));
                  }
                  if (unseen.test(attribute.value) && !(attribute.name === 'value' && element.matches('input'))) {
                    found.push('unseen characters in ' + attribute.name + ' of ' + element.outerHTML.slice(0, 200));
                  }
                }
              });
              if (window.hacked) {
                found.push('a script ran: ' + window.hacked);
              }
              if (document.documentElement.textContent.includes('x49x')) {
                found.push('an expression was evaluated');
              }
              return found;
            }""";

    @TempDir
    static Path directory;

    private static Database database;
    private static Program program;
    private static Pages pages;
    private static ScriptedReceiver receiver;
    private static String webhook;

    /** How to come to a page, and whether hostile text is to be seen there. */
    private record Visit(Way way, boolean shows) {}

    private interface Way {
        void go(Page page);
    }

    @BeforeAll
    static void fill() throws IOException {
        database = Database.h2(Files.createDirectories(directory.resolve("tables")));
        program = Program.ready(Files.createDirectories(directory.resolve("program")), database.settings());
        pages = new Pages(program);
        receiver = ScriptedReceiver.start(ScriptedReceiver.raw(answer(HOSTILE + "y".repeat(100_000))));
        webhook = program.object("POST", "/webhooks", creation().toString()).getString("uuid");
        publish("hostile-1", 300_000);
        publish("hostile-2", 10);
        program.publish("hostile.rejected", HOSTILE + "z".repeat(100_000));
        program.call(
                "POST",
                "/accounts",
                "{\"name\":\"mallory\",\"password\":\"mallory-was-here\",\"role\":\"viewer\"}",
                "X-Forwarded-For",
                MARKUP);
        program.object("POST", "/tokens", "{\"name\":\"mallory\",\"role\":\"viewer\"}");
        await().atMost(Program.PATIENCE)
                .until(() -> deliveries("failed").size() >= 1
                        && rejected().size() == 1
                        && program.webhook("/webhooks/" + webhook)
                                .getString("state")
                                .equals("tripped"));
        write();
    }

    private static String answer(String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return "HTTP/1.1 500 <script>window.hacked=5</script>\r\nX-Hostile: <script>\r\nContent-Length: " + bytes.length
                + "\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static JsonObject creation() {
        return Json.createObjectBuilder()
                .add("name", NAME)
                .add("url", receiver.url("/?q=%22%3E%3Cscript%3Ewindow.hacked=6"))
                .add(
                        "topic_patterns",
                        Json.createArrayBuilder().add("hostile.>").add(TOPIC))
                .add(
                        "settings",
                        Json.createObjectBuilder()
                                .add("circuit_threshold", 1)
                                .add("retry_schedule", "")
                                .add("concurrency", 1)
                                .add("description", HOSTILE))
                .build();
    }

    private static void publish(String id, int length) {
        var body = Json.createObjectBuilder()
                .add("id", id)
                .add("payload", Json.createObjectBuilder().add(HOSTILE, HOSTILE + "p".repeat(length)))
                .build()
                .toString();
        program.send("decnet.bus", context -> {
            try {
                var message = context.createTextMessage(body);
                message.setStringProperty("topic", TOPIC);
                return message;
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static List<JsonObject> deliveries(String state) {
        return program.object("GET", "/webhooks/" + webhook + "/deliveries?state=" + state, "")
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
    }

    private static List<JsonObject> rejected() {
        return program.object("GET", "/rejected-events", "")
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
    }

    /** What no way is known to bring in is in the tables all the same. */
    private static void write() {
        database.update("INSERT INTO attempt (delivery_id, number, at, duration_ms, error)"
                + " SELECT id, 0, created_at, 1, 'an earlier one' FROM delivery WHERE stage = 11");
        var columns = new LinkedHashMap<String, List<String>>();
        columns.put("delivery", List.of("last_error"));
        columns.put("attempt", List.of("error"));
        columns.put("circuit", List.of("last_error"));
        columns.put("circuit_history", List.of("who", "last_error"));
        columns.put("rejected_event", List.of("reason", "destination", "message_id"));
        columns.put("audit_entry", List.of("who", "address", "forwarded_for", "subject", "name"));
        columns.put("subscription", List.of("url_warnings"));
        columns.forEach((table, names) -> names.forEach(
                name -> assertThat(database.update("UPDATE " + table + " SET " + name + " = ?", cut(name)))
                        .isPositive()));
        database.update("UPDATE event SET event_id = ? WHERE event_id = 'hostile-1'", HOSTILE);
        database.update("UPDATE account SET name = ? WHERE name = 'mallory'", HOSTILE.substring(MARKUP.length() - 34));
        database.update(
                "UPDATE api_token SET name = ?, created_by = ?", HOSTILE.substring(MARKUP.length() - 34), HOSTILE);
    }

    /** A column takes what it takes. */
    private static String cut(String column) {
        return column.equals("address") ? HOSTILE.substring(MARKUP.length() - 34) : HOSTILE;
    }

    @AfterAll
    static void stop() throws IOException {
        pages.close();
        receiver.close();
        program.close();
        database.close();
    }

    private static Map<String, Visit> visits() {
        var of = "?id=" + webhook;
        var failed = deliveries("failed").get(0).getString("id");
        var visits = new LinkedHashMap<String, Visit>();
        visits.put("index", shows("/index.xhtml?q=" + encoded("x${7")));
        visits.put("overview", shows("/overview.xhtml"));
        visits.put("bulk", shows("/bulk.xhtml?do=delete&id=" + webhook));
        visits.put("errand", hides("/errand.xhtml"));
        visits.put("webhook", shows("/webhook.xhtml" + of));
        visits.put(
                "deliveries",
                shows("/deliveries.xhtml" + of + "&topic=" + encoded(TOPIC) + "&after=" + encoded(HOSTILE)));
        visits.put("selection", shows("/selection.xhtml" + of + "&pick=" + failed));
        visits.put("delivery", shows("/delivery.xhtml?id=" + failed));
        visits.put("explain", shows("/explain.xhtml?q=" + encoded(TOPIC)));
        visits.put("rejected", shows("/rejected.xhtml"));
        visits.put("audit", shows("/audit.xhtml"));
        visits.put("accounts", shows("/accounts.xhtml"));
        visits.put("tokens", shows("/tokens.xhtml"));
        visits.put("edit", new Visit(HostileTextIT::edit, true));
        visits.put(
                "check",
                shows("/check.xhtml?url=" + encoded(HOSTILE) + "&patterns=" + encoded(HOSTILE) + "&topic="
                        + encoded(HOSTILE)));
        visits.put("replay", shows("/replay.xhtml" + of));
        visits.put("rotate", shows("/rotate.xhtml" + of));
        visits.put("secret", new Visit(HostileTextIT::rotate, true));
        visits.put("delete", shows("/delete.xhtml" + of));
        visits.put("test", new Visit(HostileTextIT::test, true));
        visits.put("login", hides("/login.xhtml?error=slowed&seconds=" + encoded(HOSTILE) + "&to=" + encoded(HOSTILE)));
        visits.put("settings", hides("/settings.xhtml?lang=" + encoded(HOSTILE)));
        visits.put("fault", hides("/fault.xhtml?id=" + encoded(HOSTILE)));
        return visits;
    }

    private static Visit shows(String path) {
        return new Visit(page -> page.navigate(program.url(path)), true);
    }

    private static Visit hides(String path) {
        return new Visit(page -> page.navigate(program.url(path)), false);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** With its answers to what is typed. */
    private static void edit(Page page) {
        page.navigate(program.url("/edit.xhtml?id=" + webhook));
        page.fill("[id='form:topic']", HOSTILE.replace("\r\n", ""));
        page.fill("[id='form:url']", "http://" + HOSTILE.replace("\r\n", ""));
        page.locator("[id='form:url']").blur();
        page.locator("#urlsays .error").waitFor();
        page.locator("#matches .error").waitFor();
    }

    private static void rotate(Page page) {
        page.navigate(program.url("/rotate.xhtml?id=" + webhook));
        page.locator("[id='form:rotate']").click();
        page.locator("#secret").waitFor();
    }

    private static void test(Page page) {
        page.navigate(program.url("/test.xhtml?id=" + webhook));
        page.fill("[id='form:payload']", Json.createValue(MARKUP).toString());
        page.locator("[id='form:send']").click();
        page.locator("#answer").waitFor();
    }

    @TestFactory
    Stream<DynamicTest> everyPageShowsItHarmless() throws IOException {
        var visits = visits();
        assertThat(visits.keySet()).containsAll(allPages());
        return visits.entrySet().stream()
                .map(visit -> dynamicTest(visit.getKey(), () -> look(visit.getKey(), visit.getValue())));
    }

    private static Set<String> allPages() throws IOException {
        try (var files = Files.list(Path.of("src/main/webapp"))) {
            var names = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xhtml"))
                    .forEach(name -> names.add(name.substring(0, name.length() - ".xhtml".length())));
            return names;
        }
    }

    private static void look(String name, Visit visit) {
        var page = name.equals("login") ? pages.open("en-GB") : pages.logIn("admin", Program.PASSWORD);
        visit.way().go(page);
        if (name.equals("check")) { // a fragment, which stands in another page
            assertThat(complaints(page)).isEmpty();
        } else {
            pages.check(page, "hostile-" + name);
            assertThat(complaints(page)).isEmpty();
            page.setViewportSize(390, 844);
            pages.check(page, "hostile-" + name + "-phone");
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
        if (visit.shows()) {
            assertThat(page.locator("body").textContent())
                    .contains("window.hacked")
                    .contains("x${7*7}x#{7*7}x");
        }
        page.context().close();
        pages.requireNoComplaints();
    }

    private static List<String> complaints(Page page) {
        var found = new ArrayList<String>();
        ((List<?>) page.evaluate(COMPLAINTS)).forEach(one -> found.add(String.valueOf(one)));
        return found;
    }
}
