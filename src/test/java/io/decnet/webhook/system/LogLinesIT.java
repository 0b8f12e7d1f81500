package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.config.Unseen;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.Stomp;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers' texts by every way that may end in the log: each line of it stays one of ours, and nothing in it breaks, turns or colours a line. */
@Timeout(300)
class LogLinesIT {
    private static final String FORGED = "2026-01-01T00:00:00.000Z INFO    Forged: forged";
    private static final String UNSEEN = "\u001b[31m\u0007\u009b2J\u202e\u2066\u200b\u2028\ufeff";
    private static final String HOSTILE = "<script>" + UNSEEN + "\r\n" + FORGED;

    /** As long as a name may be. */
    private static final String NAME = "<script>" + UNSEEN + "\r\nForged";

    private static final Pattern LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO|WARNING|SEVERE) +[\\w.$-]+: .*");
    /** What the program says to whoever has started it. */
    private static final Pattern WELCOME =
            Pattern.compile("|DECNET Webhook is ready at http://.*|  (login|bus|data|key) +\\S.*");

    @TempDir
    static Path directory;

    private static Program program;
    private static Requests requests;
    private static ScriptedReceiver receiver;

    @BeforeAll
    static void start() {
        // Else whatever is not ASCII would become a question mark by the encoding alone.
        program = Program.ready(directory, Map.of("LC_ALL", "C.UTF-8"));
        requests = new Requests(program);
        receiver = ScriptedReceiver.start(ScriptedReceiver.raw(""));
    }

    @AfterAll
    static void stop() {
        receiver.close();
        program.close();
    }

    @Test
    void stayLinesOfOurs() throws Exception {
        producers();
        strangersAtTheBus();
        receivers();
        strangersAtTheServer();
        operators();
        // It came as far as the log; otherwise nothing is proved.
        await().atMost(Program.PATIENCE)
                .untilAsserted(() -> assertThat(program.log())
                        .contains(
                                "event.rejected destination=decnet.odd<script>",
                                "delivery.attempted delivery=",
                                "security.login_failed name=\"basic<script>",
                                "security.login_failed name=\"form<script>",
                                "\\u001b[31m"));
        var log = Files.readString(directory.resolve("out"), StandardCharsets.UTF_8);
        assertThat(log.lines())
                .allMatch(line ->
                        LINE.matcher(line).matches() || WELCOME.matcher(line).matches());
        assertThat(log.lines()).noneMatch(line -> line.startsWith(FORGED));
        // A tab, which stack traces have, neither breaks nor turns a line.
        assertThat(log.codePoints().filter(each -> each != '\n' && each != '\t' && Unseen.is(each)))
                .isEmpty();
        // What Faces (Mojarra 4.0) says of a form that somebody made up.
        assertThat(program.standardError().lines()).allMatch("ERROR: MAC did not verify!"::equals);
    }

    private static void producers() {
        program.send("decnet.bus", bus -> message(bus, "not JSON " + HOSTILE, HOSTILE));
        program.send("decnet.bus", bus -> message(bus, "{\"id\":\"x\",\"payload\":1}", "log.<script>"));
        program.send("decnet.odd<script>" + UNSEEN, bus -> message(bus, HOSTILE, HOSTILE));
        program.send("decnet.odd", bus -> message(bus, event(), "unused"));
        try (var stomp = Stomp.connect(program.busPort(), "bus", Program.BUS_PASSWORD)) {
            stomp.send("decnet.odd", "not JSON", "traceparent:" + UNSEEN, "event_type:" + UNSEEN);
        }
    }

    private static String event() {
        return Json.createObjectBuilder()
                .add("id", HOSTILE)
                .add("type", HOSTILE)
                .add("ts", HOSTILE)
                .add("payload", HOSTILE)
                .build()
                .toString();
    }

    private static Message message(JMSContext bus, String body, String topic) {
        try {
            var message = bus.createTextMessage(body);
            message.setStringProperty("topic", topic);
            message.setStringProperty("event_type", HOSTILE);
            message.setStringProperty("traceparent", HOSTILE);
            message.setJMSCorrelationID(HOSTILE);
            return message;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void strangersAtTheBus() {
        try (var factory = new ActiveMQConnectionFactory(program.busUrl())) {
            assertThatThrownBy(() -> factory.createContext("core" + HOSTILE, HOSTILE))
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageContaining("AMQ229031");
        }
        assertThatThrownBy(() -> Stomp.connect(program.busPort(), "stomp" + UNSEEN, UNSEEN))
                .isInstanceOf(RuntimeException.class);
    }

    /** Each attempt ends in the log, with what the receiver said. */
    private static void receivers() {
        var settings = "\"circuit_threshold\":1,\"retry_schedule\":\"\"";
        var hook = program.subscribe("<b>hook</b>", receiver.url("/%3Cscript%3E"), "\"log.>\"", settings);
        for (var answer : List.of(
                "HTTP/1.1 500 " + UNSEEN + "<script>\r\nX: " + UNSEEN + "\r\nContent-Length: 1000\r\n\r\n" + HOSTILE,
                HOSTILE,
                UNSEEN + "\r\n\r\n",
                "HTTP/1.1 " + UNSEEN + "\r\n\r\n",
                "HTTP/1.1 503 x\r\nRetry-After: " + UNSEEN + "\r\n" + UNSEEN + "\r\n\r\n")) {
            receiver.script(ScriptedReceiver.raw(
                    new String(answer.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
            program.object("POST", hook + "/test", "");
            program.publish("log.seen", "1");
            await().atMost(Program.PATIENCE)
                    .until(() -> program.webhook(hook).getString("state").equals("tripped"));
            program.object("PATCH", hook, "{\"enabled\":true,\"held\":\"discard\"}");
        }
    }

    private static void strangersAtTheServer() {
        requests.send("GET", "/api/v1/status", "", Optional.of(Requests.basic("basic" + NAME, HOSTILE)));
        requests.login("form" + NAME, HOSTILE);
        var admin = Requests.basic("admin", Program.PASSWORD);
        for (var line : List.of(
                "GET /api/v1/webhooks/%0d%0a%1b%5b31m%e2%80%ae HTTP/1.1",
                "GET /api/v1/webhooks?state=%0d%0a%1b&cursor=%0d%0a%1b&q=%0d%0a%1b HTTP/1.1",
                "GET /%zz%1b HTTP/1.1",
                "GET /" + UNSEEN + " HTTP/1.1",
                "GET /%0d%0a%1b%e2%80%ae.xhtml HTTP/1.1",
                "GET /jakarta.faces.resource/%0d%0a%1b.css?ln=%0d%0a%1b HTTP/1.1",
                UNSEEN + " / HTTP/1.1",
                "GET / " + UNSEEN,
                UNSEEN)) {
            requests.raw(line + "\r\nHost: localhost\r\nAuthorization: " + admin + "\r\nUser-Agent: " + UNSEEN
                    + "\r\ntraceparent: " + UNSEEN + "\r\nX-Forwarded-For: " + UNSEEN + "\r\nReferer: " + UNSEEN
                    + "\r\nConnection: close\r\n\r\n");
        }
        for (var header : List.of(
                "Host: ",
                "Cookie: a=",
                "Accept: ",
                "Accept-Language: ",
                "Content-Type: ",
                "Content-Length: ",
                "Transfer-Encoding: ",
                "Expect: ",
                "X-Forwarded-Proto: ",
                "Origin: ",
                "Authorization: ",
                "")) {
            requests.raw("POST /api/v1/events HTTP/1.1\r\n" + header + UNSEEN + "\r\nConnection: close\r\n\r\n");
        }
    }

    /** Who may do much may still be deceived into sending something. */
    private static void operators() {
        var session = requests.session("admin", Program.PASSWORD);
        for (var path :
                List.of("/%0d%0a%1b%e2%80%ae.xhtml", "/index.xhtml?lang=%0d%0a%1b", "/webhook.xhtml?id=%0d%0a%1b")) {
            requests.send("GET", path, "", Optional.empty(), "Cookie", session);
        }
        for (var state :
                List.of(HOSTILE, Base64.getEncoder().encodeToString(HOSTILE.getBytes(StandardCharsets.UTF_8)))) {
            requests.post(
                    "/index.xhtml",
                    "list=list&jakarta.faces.ViewState=" + Requests.encoded(state) + "&act="
                            + Requests.encoded(HOSTILE),
                    "Cookie",
                    session);
        }
        var text = Json.createValue(HOSTILE).toString();
        for (var call : List.of("/webhooks", "/events", "/accounts", "/tokens")) {
            program.call(
                    "POST",
                    call,
                    "{\"name\":" + text + ",\"topic\":" + text + ",\"id\":" + text + ",\"type\":" + text
                            + ",\"payload\":" + text + "}");
        }
        program.call("POST", "/events", "{\"topic\":\"log.posted\",\"type\":" + text + ",\"payload\":" + text + "}");
    }
}
