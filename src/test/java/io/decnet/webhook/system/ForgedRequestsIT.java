package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pages and calls get that no page of ours has sent: it changes nothing, is answered clearly, and is in nobody's way. */
@Timeout(300)
class ForgedRequestsIT {
    private static final String VIEWER_PASSWORD = "only-looks-around";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]+)\"");

    /** More than may be open for one session, and fewer than for all. */
    private static final int CHANNELS = 40;

    private static final int MOST_CHANNELS = 32;

    @TempDir
    static Path directory;

    private static Program program;
    private static Requests requests;
    private static String admin;
    private static String viewer;
    private static String webhook;

    @BeforeAll
    static void start() {
        program = Program.ready(directory, Map.of());
        requests = new Requests(program);
        program.object(
                "POST",
                "/accounts",
                "{\"name\":\"vera\",\"password\":\"" + VIEWER_PASSWORD + "\",\"role\":\"viewer\"}");
        admin = requests.session("admin", Program.PASSWORD);
        viewer = requests.session("vera", VIEWER_PASSWORD);
        webhook = program.subscribe("Wanted", "http://127.0.0.1:9/", "\"wanted.>\"", "");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static String id() {
        return webhook.substring(webhook.lastIndexOf('/') + 1);
    }

    private static void requireUntouched() {
        assertThat(program.webhook(webhook).getString("state")).isEqualTo("active");
    }

    private static HttpResponse<String> page(String path, String cookie) {
        return requests.send("GET", path, "", Optional.empty(), "Cookie", cookie);
    }

    /** The form of the list as a session is given it, with the button pressed. */
    private static String pause(String cookie) {
        var state = STATE.matcher(page("/index.xhtml", cookie).body());
        assertThat(state.find()).isTrue();
        return fields(state.group(1));
    }

    private static String fields(String state) {
        return "list=list&jakarta.faces.ViewState=" + Requests.encoded(state) + "&act="
                + Requests.encoded("pause:" + id());
    }

    @Test
    void theButtonWorksWhenItIsPressed() {
        var own = program.subscribe("Pressed", "http://127.0.0.1:9/", "\"pressed.>\"", "");
        var form = pause(admin).replace(id(), own.substring(own.lastIndexOf('/') + 1));
        assertThat(requests.post("/index.xhtml", form, "Cookie", admin).statusCode())
                .isEqualTo(302);
        assertThat(program.webhook(own).getString("state")).isEqualTo("paused");
    }

    @Test
    void aLinkPressesNoButton() {
        for (var page : List.of("/index.xhtml", "/", "/webhook.xhtml")) {
            page(page + "?id=" + id() + "&act=pause:" + id(), admin);
            requireUntouched();
        }
        var token = program.object("POST", "/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}")
                .getString("id");
        page("/tokens.xhtml?revoke=" + token, admin);
        assertThat(program.call("GET", "/tokens/" + token, "").statusCode()).isEqualTo(200);
    }

    /** A viewer has forms that are sealed like anybody's, and may get an admin to follow a link. */
    @Test
    void aFormInALinkIsRefused() {
        for (var form : List.of(pause(viewer), pause(admin))) {
            var answer = page("/index.xhtml?" + form, admin);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("a form has to be posted");
            requireUntouched();
        }
    }

    @Test
    void viewersPressNoButton() {
        for (var form : List.of(pause(viewer), pause(admin))) {
            requests.post("/index.xhtml", form, "Cookie", viewer);
            requireUntouched();
        }
        for (var wish : List.of("delete", "pause", "nonsense", "")) {
            requests.post(
                    "/index.xhtml", pause(viewer).replace("pause", wish).replace("%3A", "%3A%3A"), "Cookie", viewer);
            requireUntouched();
        }
    }

    @Test
    void aFormThatIsNotOursIsRefusedAsTheClientsFault() {
        var ours = STATE.matcher(page("/index.xhtml", admin).body());
        assertThat(ours.find()).isTrue();
        var state = ours.group(1);
        var tampered = (state.startsWith("A") ? "B" : "A") + state.substring(1);
        for (var forged : List.of("", "garbage", "A".repeat(400), tampered, state.substring(8), "stateless", "1:2")) {
            var answer = requests.post("/index.xhtml", fields(forged), "Cookie", admin);
            assertThat(answer.statusCode()).as(forged).isBetween(400, 499);
            assertThat(answer.body()).as(forged).contains("<h1>");
            requireUntouched();
        }
        var none = requests.post("/index.xhtml", "list=list&act=pause:" + id(), "Cookie", admin);
        assertThat(none.statusCode()).isBetween(200, 499);
        requireUntouched();
    }

    @Test
    void aHeaderThatCannotBeReadIsAProblemAndNoPage() {
        var answer = requests.send(
                "GET",
                "/api/v1/webhooks",
                "",
                Optional.of(Requests.basic("admin", Program.PASSWORD)),
                "Accept",
                "a/b/c;q=x");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("a header that cannot be read");
    }

    @Test
    void timesThatNoDatabaseKnowsAreRefused() {
        for (var time : List.of("-999999999-01-01T00:00:00Z", "%2B999999999-12-31T23:59:59Z")) {
            assertThat(program.call("GET", webhook + "/deliveries?since=" + time, "")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(program.call("GET", "/audit?until=" + time, "").statusCode())
                    .isEqualTo(422);
            assertThat(program.call("POST", webhook + "/replay", "{\"since\":\"" + time.replace("%2B", "+") + "\"}")
                            .statusCode())
                    .isEqualTo(422);
        }
        assertThat(program.call("POST", "/events", "{\"topic\":\"\",\"payload\":1}")
                        .statusCode())
                .isEqualTo(422);
    }

    /** To PBKDF2 a short password is the same with zeros after it. */
    @Test
    void aPasswordWithMoreAfterItIsAnother() {
        for (var more : List.of("\0", "\0\0", " ")) {
            assertThat(requests.send(
                                    "GET",
                                    "/api/v1/status",
                                    "",
                                    Optional.of(Requests.basic("vera", VIEWER_PASSWORD + more)))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aPasswordOfManyLettersIsGoodForThePageToo() {
        var password = "pässwörd-Ünïcode-€";
        program.object(
                "POST", "/accounts", "{\"name\":\"umlaut\",\"password\":\"" + password + "\",\"role\":\"viewer\"}");
        assertThat(requests.session("umlaut", password)).contains("SESSION=");
    }

    @Test
    void errorsDoNotTellWhichServerItIs() {
        for (var path :
                List.of("/nowhere", "/nowhere.xhtml", "/jakarta.faces.resource/nowhere", "/error", "/metrics/x")) {
            var answer = requests.send(
                    "GET", path, "", Optional.of(Requests.basic("admin", Program.PASSWORD)), "Cookie", admin);
            assertThat(answer.statusCode()).as(path).isBetween(403, 404);
            assertThat(answer.body())
                    .as(path)
                    .doesNotContainIgnoringCase("payara")
                    .doesNotContain("nowhere");
        }
        assertThat(requests.send("PUT", "/", "x", Optional.empty()).body()).doesNotContainIgnoringCase("payara");
    }

    private static HttpResponse<InputStream> channel(String cookie) throws IOException, InterruptedException {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return http.send(
                HttpRequest.newBuilder(URI.create(program.url("/changes")))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void oneSessionCannotTakeAllChannels() throws IOException, InterruptedException {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        try {
            for (int i = 0; i < CHANNELS; i++) {
                open.add(channel(admin));
            }
            assertThat(open.subList(0, MOST_CHANNELS)).allMatch(channel -> channel.statusCode() == 200);
            assertThat(open.subList(MOST_CHANNELS, CHANNELS))
                    .allMatch(channel -> channel.statusCode() == 503)
                    .allMatch(channel ->
                            channel.headers().firstValue("Retry-After").isPresent());
            open.add(channel(viewer));
            assertThat(open.get(CHANNELS).statusCode()).isEqualTo(200);
        } finally {
            for (var channel : open) {
                channel.body().close();
            }
        }
    }

    /** As many as the server has threads, and half as many again. Each waits for its turn to be checked, which takes its time. */
    @Test
    void wrongLoginsByManyNamesLeaveThreadsForOthers() {
        var http = HttpClient.newHttpClient();
        var turnedAway = await().atMost(Program.PATIENCE)
                .until(
                        () -> IntStream.range(0, 96)
                                .mapToObj(i -> http.sendAsync(
                                        requests.request(
                                                "GET",
                                                "/api/v1/status",
                                                "",
                                                Optional.of(Requests.basic("nobody" + i, "wrong"))),
                                        HttpResponse.BodyHandlers.ofString()))
                                .toList()
                                .stream()
                                .map(CompletableFuture::join)
                                .filter(answer -> answer.statusCode() == 503)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(turnedAway.headers().firstValue("Retry-After")).contains("1");
        assertThat(turnedAway.body()).contains("too many logins");
        requireUntouched();
    }
}
