package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.decnet.webhook.testing.SecretScan;
import jakarta.json.Json;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every endpoint and page for everybody who may come, what the audit log says of it, and where no secret is. */
@Timeout(240)
class AccessIT {
    private static final String NONE = "00000000-0000-7000-8000-000000000000";
    private static final String VIEWER_PASSWORD = "only-looks-around";
    private static final String WEBHOOK_SECRET = "webhook-secret-0123456789";
    private static final int MOST_WEBHOOKS = 12;
    private static final String UNMATCHED = "decnet_events_total{result=\"unmatched\"}";
    private static final Set<String> LABELS = Set.of(
            "accepted",
            "unmatched",
            "duplicate",
            "rejected",
            "delivered",
            "failed",
            "discarded",
            "2xx",
            "3xx",
            "4xx",
            "5xx",
            "timeout",
            "network",
            "refused",
            "active",
            "paused",
            "tripped",
            "purged",
            "deliveries",
            "events",
            "audit");
    private static final java.nio.file.Path PAGES = java.nio.file.Path.of("src/main/webapp");

    /** What an endpoint answers those who may, called for a thing that is not there or without a body; and whether viewers may. */
    private record Rule(boolean viewers, int status) {}

    private static final Map<String, Rule> RULES = new TreeMap<>(Map.ofEntries(
            viewers("GET /webhooks", 200),
            admins("POST /webhooks", 400),
            viewers("GET /webhooks/{id}", 404),
            admins("PATCH /webhooks/{id}", 404),
            admins("DELETE /webhooks/{id}", 404),
            admins("POST /webhooks/{id}/test", 404),
            admins("POST /webhooks/{id}/rotate-secret", 404),
            admins("POST /webhooks/{id}/replay", 404),
            viewers("GET /webhooks/{id}/deliveries", 404),
            viewers("GET /deliveries/{id}", 404),
            admins("POST /deliveries/{id}/replay", 404),
            viewers("GET /rejected-events", 200),
            viewers("GET /status", 200),
            admins("POST /events", 400),
            admins("GET /accounts", 200),
            admins("POST /accounts", 400),
            admins("GET /accounts/{name}", 404),
            admins("PATCH /accounts/{name}", 404),
            admins("DELETE /accounts/{name}", 404),
            admins("GET /tokens", 200),
            admins("POST /tokens", 400),
            admins("GET /tokens/{id}", 404),
            admins("DELETE /tokens/{id}", 404),
            admins("GET /audit", 200)));

    @TempDir
    static java.nio.file.Path directory;

    private static Program program;
    private static Requests requests;
    private static Map<String, Optional<String>> callers;
    private static String tokenInUse;

    private static Map.Entry<String, Rule> viewers(String endpoint, int status) {
        return Map.entry(endpoint, new Rule(true, status));
    }

    private static Map.Entry<String, Rule> admins(String endpoint, int status) {
        return Map.entry(endpoint, new Rule(false, status));
    }

    @BeforeAll
    static void start() {
        program = Program.ready(directory, Map.of("DECNET_WEBHOOK_MAX_SUBSCRIPTIONS", Integer.toString(MOST_WEBHOOKS)));
        requests = new Requests(program);
        program.object(
                "POST",
                "/accounts",
                "{\"name\":\"vera\",\"password\":\"" + VIEWER_PASSWORD + "\",\"role\":\"viewer\"}");
        var revoked = program.object("POST", "/tokens", "{\"name\":\"revoked\",\"role\":\"admin\"}");
        program.object("DELETE", "/tokens/" + revoked.getString("id"), "");
        var expired = program.object("POST", "/tokens", "{\"name\":\"old\",\"role\":\"admin\",\"expires_in\":\"1s\"}");
        tokenInUse = program.object("POST", "/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}")
                .getString("token");
        callers = new LinkedHashMap<>();
        callers.put("nobody", Optional.empty());
        callers.put("viewer", Optional.of(Requests.basic("vera", VIEWER_PASSWORD)));
        callers.put("viewer token", Optional.of("Bearer " + tokenInUse));
        callers.put("admin", Optional.of(Requests.basic("admin", Program.PASSWORD)));
        callers.put("revoked token", Optional.of("Bearer " + revoked.getString("token")));
        callers.put("expired token", Optional.of("Bearer " + expired.getString("token")));
        var end = Instant.parse(expired.getString("expires_at"));
        Awaitility.await().atMost(Program.PATIENCE).until(() -> Instant.now().isAfter(end));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void everyEndpointHasARule() throws IOException {
        assertThat(endpoints()).containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    @TestFactory
    Stream<DynamicTest> everyEndpointAnswersEverybodyByItsRule() {
        return RULES.entrySet().stream()
                .flatMap(rule -> callers.entrySet().stream()
                        .map(caller -> dynamicTest(rule.getKey() + " by " + caller.getKey(), () -> {
                            var parts = rule.getKey().split(" ", 2);
                            var path =
                                    "/api/v1" + parts[1].replace("{id}", NONE).replace("{name}", "nobody");
                            var answer = requests.send(parts[0], path, "", caller.getValue());
                            assertThat(answer.statusCode()).isEqualTo(expected(rule.getValue(), caller.getKey()));
                            if (answer.statusCode() >= 400) {
                                assertThat(answer.headers().firstValue("Content-Type"))
                                        .contains("application/problem+json");
                                assertThat(answer.headers()
                                                .allValues("WWW-Authenticate")
                                                .isEmpty())
                                        .isEqualTo(answer.statusCode() != 401);
                            }
                        })));
    }

    private static int expected(Rule rule, String caller) {
        return switch (caller) {
            case "admin" -> rule.status();
            case "viewer", "viewer token" -> rule.viewers() ? rule.status() : 403;
            default -> 401;
        };
    }

    @TestFactory
    Stream<DynamicTest> everyPageAsksForALogin() throws IOException {
        var pages = new ArrayList<String>();
        try (var files = Files.list(PAGES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xhtml"))
                    .forEach(pages::add);
        }
        assertThat(pages).contains("index.xhtml", "login.xhtml");
        var viewer = requests.session("vera", VIEWER_PASSWORD);
        var admin = requests.session("admin", Program.PASSWORD);
        return pages.stream()
                .flatMap(page -> Stream.of(
                        dynamicTest(
                                page + " by nobody",
                                () -> assertThat(page(page, "Accept", "*/*"))
                                        .isEqualTo(page.equals("login.xhtml") ? 200 : 302)),
                        dynamicTest(page + " by any token", () -> {
                            for (var token : List.of("viewer token", "revoked token", "expired token")) {
                                assertThat(page(
                                                page,
                                                "Authorization",
                                                callers.get(token).orElseThrow()))
                                        .isEqualTo(page.equals("login.xhtml") ? 200 : 302);
                            }
                        }),
                        dynamicTest(
                                page + " by a viewer",
                                () -> assertThat(page(page, "Cookie", viewer) == 403)
                                        .isEqualTo(page.matches("(account|token|audit|check).*"))),
                        dynamicTest(
                                page + " by an admin",
                                () -> assertThat(page(page, "Cookie", admin)).isIn(200, 302))));
    }

    @Test
    void theApiTakesNoSessionAndPagesTakeNothingFromOtherSites() {
        var admin = requests.session("admin", Program.PASSWORD);
        assertThat(requests.send("GET", "/api/v1/status", "", Optional.empty(), "Cookie", admin)
                        .statusCode())
                .isEqualTo(401);
        for (var header : List.of(List.of("Sec-Fetch-Site", "same-site"), List.of("Origin", "http://evil.example"))) {
            for (var path : List.of("/index.xhtml", "/edit.xhtml", "/logout", "/login")) {
                assertThat(requests.send(
                                        "POST",
                                        path,
                                        "",
                                        Optional.empty(),
                                        "Cookie",
                                        admin,
                                        header.get(0),
                                        header.get(1))
                                .statusCode())
                        .as(path + " " + header)
                        .isEqualTo(403);
            }
        }
    }

    /** More connections than the server has threads, each with a form of which the end never comes. */
    private static void sendFormsThatNeverEnd(String path, String cookie) throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                var socket = requests.connected();
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nCookie: "
                                        + cookie
                                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nname=")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            // All but a few are turned away while the rest waits.
            Awaitility.await().atMost(Program.PATIENCE).until(() -> answered(slow) >= 80);
            assertThat(requests.send("GET", "/health/live", "", Optional.empty())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void formsOfASessionThatNeverEndHoldUpNobodyElse() throws IOException {
        sendFormsThatNeverEnd("/index.xhtml", requests.session("admin", Program.PASSWORD));
    }

    @Test
    void loginsThatNeverEndHoldUpNobodyElse() throws IOException {
        sendFormsThatNeverEnd("/login", "none=of-them");
        assertThat(requests.send("POST", "/login.xhtml", "name=", Optional.empty())
                        .statusCode())
                .isEqualTo(405);
        assertThat(requests.send("POST", "/health/live", "x", Optional.empty()).statusCode())
                .isEqualTo(405);
        Awaitility.await()
                .atMost(Program.PATIENCE)
                .until(() -> requests.login("admin", Program.PASSWORD)
                        .headers()
                        .firstValue("Set-Cookie")
                        .isPresent());
    }

    @Test
    void ofManyWhoTakeOneNameAtOnceOneGetsIt() {
        for (var path : List.of("/accounts", "/tokens")) {
            var wish = "{\"name\":\"%s\",\"role\":\"viewer\""
                    + (path.equals("/accounts") ? ",\"password\":\"only-looks-around\"}" : "}");
            var statuses = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> program.call(
                                    "POST", path, wish.formatted(i % 2 == 0 ? "at-once" : "At-Once"))
                            .statusCode()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .sorted()
                    .toList();
            assertThat(statuses).as(path).containsExactly(201, 409, 409, 409, 409, 409);
        }
    }

    /** Addresses end in logs. */
    @Test
    void aLoginInTheAddressIsNone() {
        var inTheAddress = "/login?name=admin&password=" + Requests.encoded(Program.PASSWORD);
        var answer = requests.send("POST", inTheAddress, "", Optional.empty());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private static long answered(List<Socket> sockets) throws IOException {
        long answered = 0;
        for (var socket : sockets) {
            answered += socket.getInputStream().available() > 0 ? 1 : 0;
        }
        return answered;
    }

    @Test
    void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() {
        var plain = requests.login("admin", Program.PASSWORD);
        assertThat(plain.headers().firstValue("Set-Cookie").orElseThrow())
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Lax")
                .doesNotContain("Secure");
        var secure = requests.login("admin", Program.PASSWORD, "X-Forwarded-Proto", "https");
        assertThat(secure.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
        var planted = requests.login("admin", Program.PASSWORD, "Cookie", "DECNET_WEBHOOK_SESSION=planted");
        assertThat(Requests.cookie(planted)).isNotEqualTo("DECNET_WEBHOOK_SESSION=planted");
    }

    @Test
    void aSessionEndsWithItsLogoutAndWithItsPassword() {
        program.object("POST", "/accounts", "{\"name\":\"otto\",\"password\":\"first-password\",\"role\":\"viewer\"}");
        var left = requests.session("otto", "first-password");
        assertThat(page("index.xhtml", "Cookie", left)).isEqualTo(200);
        requests.send("POST", "/logout", "", Optional.empty(), "Cookie", left);
        assertThat(page("index.xhtml", "Cookie", left)).isEqualTo(302);
        var open = requests.session("otto", "first-password");
        program.object("PATCH", "/accounts/otto", "{\"password\":\"second-password\"}");
        assertThat(page("index.xhtml", "Cookie", open)).isEqualTo(302);
        assertThat(requests.send("GET", "/api/v1/status", "", Optional.of(Requests.basic("otto", "first-password")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void afterFiveFailuresANameWaitsAtBothDoors() {
        for (int i = 0; i < 5; i++) {
            assertThat(requests.login("guessed", "wrong").statusCode()).isEqualTo(302);
        }
        // The first pause is a second, in which a slow machine may not get to ask; each failure doubles it.
        assertThat(retryAfter(untilSlowed(() -> requests.login("guessed", "wrong"))))
                .isPositive();
        assertThat(retryAfter(untilSlowed(() ->
                        requests.send("GET", "/api/v1/status", "", Optional.of(Requests.basic("guessed", "wrong"))))))
                .isPositive();
        assertThat(requests.send("GET", "/api/v1/status", "", Optional.of(Requests.basic("admin", Program.PASSWORD)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void hostileTextsAreHarmlessOnThePageAndInTheLog() throws IOException {
        program.subscribe("<script>alert(1)</script>", "http://127.0.0.1:9/?x=%22%3E%3Cscript", "\"x.>\"", "");
        assertThat(program.call(
                                "POST",
                                "/webhooks",
                                "{\"name\":\"a\\u202eb\",\"url\":\"http://127.0.0.1:9/\",\"topic_patterns\":[\"a\"]}")
                        .statusCode())
                .isEqualTo(422);
        requests.send(
                "GET",
                "/api/v1/status",
                "",
                Optional.of(Requests.basic("x\r\n2026-01-01T00:00:00Z INFO forged\u202e", "wrong")));
        var html = requests.send(
                "GET", "/index.xhtml", "", Optional.empty(), "Cookie", requests.session("admin", Program.PASSWORD));
        assertThat(html.body()).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert(1)");
        assertThat(html.headers().allValues("Content-Security-Policy").toString())
                .contains("script-src")
                .doesNotContain("unsafe-eval")
                .doesNotContainPattern("script-src[^;]*unsafe-inline");
        var log = Files.readString(directory.resolve("out"));
        assertThat(log).contains("security.login_failed name=\"x??2026-01-01").doesNotContain("\u202e");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("2026-01-01T00:00:00Z INFO forged"));
    }

    @Test
    void everyChangeIsInTheAuditLogAndNoSecretIsAnywhere() throws IOException {
        var webhook = "/webhooks/"
                + program.object(
                                "POST",
                                "/webhooks",
                                "{\"name\":\"audited\",\"url\":\"http://127.0.0.1:9/\",\"secret\":\"" + WEBHOOK_SECRET
                                        + "\",\"topic_patterns\":[\"audited.>\"]}")
                        .getString("uuid");
        program.object("PATCH", webhook, "{\"url\":\"http://127.0.0.1:10/\"}");
        program.object("PATCH", webhook, "{\"enabled\":false}");
        program.object("PATCH", webhook, "{\"enabled\":true}");
        program.object("PATCH", webhook, "{}");
        program.object("POST", webhook + "/test", "");
        program.object("POST", webhook + "/rotate-secret", "{\"secret\":\"" + WEBHOOK_SECRET + "2\"}");
        program.object("POST", "/events", "{\"topic\":\"unmatched.by.all\",\"payload\":1}");
        program.object("DELETE", webhook, "");
        requests.login("nobody", WEBHOOK_SECRET);
        var admin = requests.session("admin", Program.PASSWORD);
        requests.send("POST", "/logout", "", Optional.empty(), "Cookie", admin);

        var uuid = webhook.substring("/webhooks/".length());
        assertThat(audit("?subject=" + uuid))
                .containsExactly(
                        "webhook.delete",
                        "webhook.rotate-secret",
                        "webhook.test",
                        "webhook.enable",
                        "webhook.pause",
                        "webhook.update",
                        "webhook.create");
        assertThat(audit("?limit=1000"))
                .contains(
                        "event.publish",
                        "account.create",
                        "token.create",
                        "token.revoke",
                        "login",
                        "login.failed",
                        "logout");
        var trail =
                program.call("GET", "/audit?what=webhook&subject=" + uuid, "").body();
        assertThat(trail)
                .contains("\"who\":\"admin\"", "\"address\":\"127.0.0.1\"", "\"url\":\"http://127.0.0.1:10/\"");

        var secrets = List.of(WEBHOOK_SECRET, VIEWER_PASSWORD, tokenInUse, Program.PASSWORD, Program.BUS_PASSWORD);
        keepMetrics();
        Files.writeString(
                directory.resolve("audit"),
                program.call("GET", "/audit?format=csv", "").body());
        assertThat(SecretScan.filesWith(directory, secrets)).isEmpty();
    }

    /** What they say now, in a file among those that are scanned. */
    private static java.nio.file.Path keepMetrics() throws IOException {
        var answer = requests.send("GET", "/metrics", "", Optional.of(Requests.basic("admin", Program.PASSWORD)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Files.writeString(directory.resolve("metrics"), answer.body());
    }

    /** Were a secret there, the scan would find it: what is no secret is found in each of the places. */
    @Test
    void theScanForSecretsSeesDatabaseJournalLogAndMetrics() throws IOException {
        program.subscribe("seen", "http://127.0.0.1:9/", "\"seen.>\"", "\"description\":\"mark-in-the-database\"");
        program.publish("seen.on.bus", "{\"text\":\"mark-in-the-journal\"}");
        requests.send("GET", "/api/v1/status", "", Optional.of(Requests.basic("mark-in-the-log", "wrong")));
        Awaitility.await()
                .atMost(Program.PATIENCE)
                .untilAsserted(() -> assertThat(SecretScan.filesWith(
                                directory, List.of("mark-in-the-database", "mark-in-the-journal", "mark-in-the-log")))
                        .anyMatch(file -> file.startsWith(directory.resolve("data/db")))
                        .anyMatch(file -> file.startsWith(directory.resolve("data/broker/journal")))
                        .contains(directory.resolve("out")));
        // No text from outside gets into the metrics at all, so what is looked for there is what this test has done.
        var before = program.metric(UNMATCHED);
        program.publish("unmatched.by.all", "{\"text\":\"mark-in-an-event\"}");
        Awaitility.await().atMost(Program.PATIENCE).until(() -> program.metric(UNMATCHED) > before);
        var metrics = keepMetrics();
        assertThat(SecretScan.filesWith(directory, List.of(UNMATCHED))).contains(metrics);
    }

    /** A label that said what strangers say, such as a name or an address, would be one of more values than these. */
    @Test
    void theLabelsOfTheMetricsAreAFewWordsOfOurOwn() throws IOException {
        var labels = Pattern.compile("(\\w+)=\"([^\"]*)\"")
                .matcher(Files.readString(keepMetrics()))
                .results()
                .filter(label -> !label.group(1).equals("le"))
                .map(label -> label.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(labels).isSubsetOf(LABELS);
    }

    @Test
    void webhooksBeyondTheLimitAreRefusedWithItsName() {
        List<String> made = new ArrayList<>();
        HttpResponse<String> answer;
        do {
            answer = program.call(
                    "POST",
                    "/webhooks",
                    "{\"name\":\"filling " + made.size()
                            + "\",\"url\":\"http://127.0.0.1:9/\",\"topic_patterns\":[\"filling\"]}");
            answer.headers().firstValue("Location").ifPresent(made::add);
        } while (answer.statusCode() == 201 && made.size() <= MOST_WEBHOOKS);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("there are " + MOST_WEBHOOKS + " webhooks already", "max-subscriptions");
        made.forEach(location -> program.object("DELETE", location.replaceFirst(".*/webhooks/", "/webhooks/"), ""));
    }

    @Test
    void theDescriptionOfTheApiHasEveryEndpointAndNoSecret() throws IOException {
        var described = requests.send("GET", "/openapi", "", Optional.empty(), "Accept", "application/json")
                .body();
        List<String> endpoints = new ArrayList<>();
        try (var reader = Json.createReader(new StringReader(described))) {
            reader.readObject()
                    .getJsonObject("paths")
                    .forEach((path, methods) -> methods.asJsonObject().keySet().stream()
                            .map(verb -> verb.toUpperCase(Locale.ROOT))
                            .filter(Set.of("GET", "POST", "PATCH", "PUT", "DELETE")::contains)
                            .forEach(verb -> endpoints.add(verb + " " + path.replaceFirst("^/api/v1", ""))));
        }
        assertThat(endpoints).containsExactlyInAnyOrderElementsOf(RULES.keySet());
        assertThat(described).doesNotContain(Program.PASSWORD, Program.BUS_PASSWORD, tokenInUse, "whsec_", "dwt_");
    }

    @jakarta.ws.rs.Path("/unruled")
    static class Unruled {
        @jakarta.ws.rs.GET
        @jakarta.ws.rs.Path("/{id}")
        public String nobodyMadeARuleForThis() {
            return "";
        }
    }

    @Test
    void anEndpointWithoutARuleIsNoticed() {
        List<String> found = new ArrayList<>();
        addEndpoints(Unruled.class, found);
        assertThat(found).containsExactly("GET /unruled/{id}");
        assertThat(RULES).doesNotContainKey(found.get(0));
    }

    private static List<String> audit(String query) throws IOException {
        return program.object("GET", "/audit" + query, "").getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("what"))
                .toList();
    }

    private static List<String> endpoints() throws IOException {
        var endpoints = new ArrayList<String>();
        var classes = java.nio.file.Path.of("target/classes/io/decnet/webhook/rest");
        try (var files = Files.list(classes)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                var name = file.getFileName().toString().replace(".class", "");
                addEndpoints(named("io.decnet.webhook.rest." + name), endpoints);
            }
        }
        return endpoints;
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, AccessIT.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addEndpoints(Class<?> resource, List<String> endpoints) {
        var root = resource.getAnnotation(Path.class);
        if (root == null) {
            return;
        }
        for (Method method : resource.getDeclaredMethods()) {
            Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .forEach(
                            verb -> endpoints.add(verb.value() + " " + joined(root, method.getAnnotation(Path.class))));
        }
    }

    private static String joined(Path root, Path below) {
        var path = "/" + root.value() + "/" + (below == null ? "" : below.value());
        return path.replaceAll("/+", "/").replaceAll("/$", "");
    }

    private static HttpResponse<String> untilSlowed(Callable<HttpResponse<String>> attempt) {
        return Awaitility.await().atMost(Program.PATIENCE).until(attempt, answer -> answer.statusCode() == 429);
    }

    private static int retryAfter(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        return Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow());
    }

    private static int page(String page, String... headers) {
        var answer = requests.send("GET", "/" + page, "", Optional.empty(), headers);
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return answer.statusCode();
    }
}
