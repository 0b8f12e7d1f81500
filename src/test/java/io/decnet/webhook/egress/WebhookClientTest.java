package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult.Answered;
import io.decnet.webhook.egress.SendResult.Failure;
import io.decnet.webhook.egress.SendResult.NotAnswered;
import io.decnet.webhook.testing.CaseFile;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookClientTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    private final WebhookClient client = new WebhookClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Optional<Future<?>> watching = Optional.empty();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void open() {
        client.policy = DestinationPolicyTest.policy(Map.of("decnet.webhook.allow-private", "true"));
        client.settings = client.policy.settings;
        client.clock = Clock.fixed(NOW, ZoneOffset.UTC);
        client.open(LookUps.on(threads, Duration.ofSeconds(3), InetAddress::getAllByName));
        watching = Optional.of(watchdog.scheduleAtFixedRate(client.deadlines::enforce, 20, 20, TimeUnit.MILLISECONDS));
    }

    @AfterEach
    void close() {
        watching.ifPresent(watch -> watch.cancel(false));
        client.close();
        watchdog.shutdownNow();
        threads.shutdownNow();
    }

    private SendResult send(String url, Duration timeout) {
        return client.send(SampleRequest.to(url, timeout));
    }

    private SendResult send(Script script, Duration timeout) {
        try (var receiver = ScriptedReceiver.start(script)) {
            return send(receiver.url("/hook"), timeout);
        }
    }

    @Test
    void sendsTheExactBytesWithAllHeaders() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(201, "fine"))) {
            var result = send(receiver.url("/a%2Fb;c/%7Bx%7D?q=a%20b+c&d=%26"), Duration.ofSeconds(5));
            assertThat(result).isInstanceOfSatisfying(Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(201);
                assertThat(new String(answered.excerpt(), StandardCharsets.UTF_8))
                        .isEqualTo("fine");
                assertThat(answered.address()).contains("127.0.0.1");
                assertThat(answered.startedAt()).isEqualTo(NOW);
            });
            var request = receiver.requests().get(0);
            assertThat(request.line()).isEqualTo("POST /a%2Fb;c/%7Bx%7D?q=a%20b+c&d=%26 HTTP/1.1");
            assertThat(request.body()).isEqualTo(SampleRequest.BODY);
            assertThat(request.header("Content-Type")).contains("application/json");
            assertThat(request.header("Content-Length")).contains(String.valueOf(SampleRequest.BODY.length));
            assertThat(request.header("Host")).contains("127.0.0.1:" + receiver.port());
            assertThat(request.header("User-Agent").orElseThrow()).startsWith("decnet-webhook/");
            assertThat(request.header("X-DECNET-Event-Id")).contains("e1");
            assertThat(request.header("X-DECNET-Event-Topic")).contains("attacker.seen");
            assertThat(request.header("X-DECNET-Timestamp")).contains(String.valueOf(NOW.getEpochSecond()));
            assertThat(request.header("X-DECNET-Signature"))
                    .contains(Signer.decnet(SampleRequest.SECRET, SampleRequest.BODY));
            assertThat(request.header("webhook-timestamp")).contains(String.valueOf(NOW.getEpochSecond()));
            assertThat(request.header("webhook-signature"))
                    .contains(Signer.standard(
                            List.of(SampleRequest.SECRET),
                            request.header("webhook-id").orElseThrow(),
                            NOW.getEpochSecond(),
                            SampleRequest.BODY));
            assertThat(request.header("traceparent")).isPresent();
            assertThat(request.header("Accept-Encoding")).isEmpty();
            assertThat(request.header("Cookie")).isEmpty();
        }
    }

    /** Each of its thirty addresses alone could take a second to connect to. */
    @Test
    void aNameWithManySilentAddressesTakesTheConnectTimeoutOnceOrItsDeadline() throws IOException {
        client.close();
        client.policy = DestinationPolicyTest.policy(
                Map.of("decnet.webhook.allow-private", "true", "decnet.webhook.connect-timeout", "1s"));
        client.settings = client.policy.settings;
        var addresses = new InetAddress[30];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (i + 1)});
        }
        client.open(LookUps.on(threads, Duration.ofSeconds(3), host -> addresses));
        List<Socket> waiting = new ArrayList<>();
        try (var full = new ServerSocket(0, 1)) {
            fill(full.getLocalPort(), waiting);
            var url = "http://many.example:" + full.getLocalPort() + "/";
            var unconnected = send(url, Duration.ofSeconds(20));
            assertThat(unconnected)
                    .isInstanceOfSatisfying(
                            NotAnswered.class,
                            silent -> assertThat(silent.kind()).isEqualTo(Failure.NETWORK));
            assertThat(unconnected.took()).isLessThan(Duration.ofSeconds(15));
            assertThat(send(url, Duration.ofMillis(300)))
                    .isInstanceOfSatisfying(
                            NotAnswered.class,
                            silent -> assertThat(silent.kind()).isEqualTo(Failure.TIMEOUT));
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void aRefusedConnectionIsNamedFirst() throws IOException {
        int closed;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = server.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + closed + "/", Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        NotAnswered.class,
                        silent -> assertThat(silent.error())
                                .isEqualTo("Connection refused: Connect to http://127.0.0.1:" + closed));
    }

    /** Nobody accepts: once the queue is full a connection is neither made nor refused. */
    private static void fill(int port, List<Socket> waiting) throws IOException {
        try {
            while (true) {
                var socket = new Socket();
                waiting.add(socket);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            }
        } catch (SocketTimeoutException e) {
            assertThat(waiting).isNotEmpty();
        }
    }

    @Test
    void whateverGoesWrongIsInTheResult() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var unsigned = SampleRequest.signedWith(List.of(), receiver.url("/"), Duration.ofSeconds(5));
            assertThat(client.send(unsigned))
                    .isInstanceOfSatisfying(
                            NotAnswered.class,
                            failed -> assertThat(failed.kind()).isEqualTo(Failure.NETWORK));
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 404, 410, 429, 500, 503})
    void anyStatusIsAnAnswerAndNoRedirectIsFollowed(int status) {
        try (var receiver = ScriptedReceiver.start(
                ScriptedReceiver.status(status, "", "Location: /elsewhere", "Retry-After: 7", "Set-Cookie: a=b"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(send(receiver.url("/hook"), Duration.ofSeconds(5)))
                        .isInstanceOfSatisfying(Answered.class, answered -> {
                            assertThat(answered.status()).isEqualTo(status);
                            assertThat(answered.retryAfterHeader()).contains("7");
                        });
            }
            assertThat(receiver.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.line()).startsWith("POST /hook ");
                assertThat(request.header("Cookie")).isEmpty();
            });
        }
    }

    static List<List<String>> redirects() {
        return CaseFile.rows("destinations.tsv").stream()
                .filter(row -> row.get(1).equals("behaviour-redirect"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("redirects")
    void everyRedirectOfTheTableEndsTheAttempt(List<String> row) {
        var answer = row.get(3).split(" ", 2);
        int status = Integer.parseInt(answer[0]);
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(status, "", answer[1]))) {
            assertThat(send(receiver.url("/hook"), Duration.ofSeconds(5)))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(status));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    static Stream<Arguments> slow() {
        return Stream.of(
                Arguments.of("hangs before headers", ScriptedReceiver.hangAfter("")),
                Arguments.of("hangs in headers", ScriptedReceiver.hangAfter(HEAD + "X: y\r\n")),
                Arguments.of("drips headers", ScriptedReceiver.drip(HEAD, "X: y\r\n", 30)),
                Arguments.of("drips the status line", ScriptedReceiver.drip("HTTP/1.1 200 ", "O", 30)),
                Arguments.of("drips body", ScriptedReceiver.drip(HEAD + "Content-Length: 9999\r\n\r\n", "x", 30)),
                Arguments.of(
                        "drips chunks",
                        ScriptedReceiver.drip(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", 30)),
                Arguments.of("continues for ever", ScriptedReceiver.drip("", "HTTP/1.1 100 Continue\r\n\r\n", 30)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void theDeadlineHoldsHoweverTheReceiverDrips(String name, Script script) {
        var result = send(script, Duration.ofMillis(400));
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotAnswered.class, silent -> assertThat(silent.kind()).isEqualTo(Failure.TIMEOUT));
        assertThat(result.took()).isLessThan(Duration.ofSeconds(5));
        assertThat(result.address()).contains("127.0.0.1");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("closes at once", ScriptedReceiver.raw("")),
                Arguments.of("resets at once", ScriptedReceiver.resetAfter("")),
                Arguments.of("resets in the body", ScriptedReceiver.resetAfter(HEAD + "Content-Length: 9\r\n\r\nx")),
                Arguments.of("cuts the body", ScriptedReceiver.raw(HEAD + "Content-Length: 9\r\n\r\nx")),
                Arguments.of(
                        "bad chunk size", ScriptedReceiver.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n")),
                Arguments.of("cuts a chunk", ScriptedReceiver.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\nx")),
                Arguments.of("no HTTP", ScriptedReceiver.raw("SSH-2.0-x\r\n\r\n")),
                Arguments.of("bad length", ScriptedReceiver.raw(HEAD + "Content-Length: -9\r\n\r\nx")),
                Arguments.of("1xx and no more", ScriptedReceiver.raw("HTTP/1.1 103 Early Hints\r\n\r\n")),
                Arguments.of("switches protocols", ScriptedReceiver.raw("HTTP/1.1 101 Switching Protocols\r\n\r\n")),
                Arguments.of("endless headers", ScriptedReceiver.drip(HEAD, "X: y\r\n".repeat(5000), 1)),
                Arguments.of("endless line", ScriptedReceiver.drip(HEAD + "X: ", "y".repeat(5000), 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenAnswerIsANetworkFailure(String name, Script script) {
        assertThat(send(script, Duration.ofSeconds(8)))
                .isInstanceOfSatisfying(
                        NotAnswered.class, silent -> assertThat(silent.kind()).isEqualTo(Failure.NETWORK));
    }

    static Stream<Arguments> endless() {
        var much = "x".repeat(10_000);
        return Stream.of(
                Arguments.of("until close", ScriptedReceiver.drip(HEAD + "\r\n", much, 1)),
                Arguments.of("by length", ScriptedReceiver.drip(HEAD + "Content-Length: 99999999999\r\n\r\n", much, 1)),
                Arguments.of(
                        "in chunks",
                        ScriptedReceiver.drip(
                                HEAD + "Transfer-Encoding: chunked\r\n\r\n", "2710\r\n" + much + "\r\n", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void anEndlessBodyIsCutAndItsStatusStands(String name, Script script) {
        assertThat(send(script, Duration.ofSeconds(8))).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.excerpt()).hasSize(1024);
        });
    }

    @Test
    void aHealthyConnectionIsUsedAgain() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.status(200, "x"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(send(receiver.url("/hook"), Duration.ofSeconds(5))).isInstanceOf(Answered.class);
            }
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void hundredsOfHangingRequestsToOneHostKeepTheirDeadline() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.hangAfter(""))) {
            var all = IntStream.range(0, 300)
                    .mapToObj(i -> threads.submit(() -> send(receiver.url("/" + i), Duration.ofSeconds(10))))
                    .toList();
            assertThat(all)
                    .allSatisfy(one -> assertThat(one.get())
                            .isInstanceOfSatisfying(
                                    NotAnswered.class,
                                    silent -> assertThat(silent.kind()).isEqualTo(Failure.TIMEOUT)));
            assertThat(receiver.requests()).hasSize(300);
        }
    }

    /** The message of the exception is the name alone, which says nothing to whoever reads it as an error. */
    @Test
    void aNameThatDoesNotResolveIsANetworkFailureThatSaysSo() {
        assertThat(send("http://nowhere.invalid/", Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(NotAnswered.class, silent -> {
                    assertThat(silent.kind()).isEqualTo(Failure.NETWORK);
                    assertThat(silent.error()).startsWith("unknown host: nowhere.invalid");
                });
    }

    @Test
    void nothingListensIsANetworkFailure() {
        int port;
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            port = receiver.port();
        }
        assertThat(send("http://127.0.0.1:" + port + "/", Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        NotAnswered.class, silent -> assertThat(silent.kind()).isEqualTo(Failure.NETWORK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/", "http://0.0.0.0/", "http://0x7f.1/", "ftp://example.com/"})
    void aForbiddenDestinationIsRefused(String url) {
        assertThat(send(url, Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        NotAnswered.class, silent -> assertThat(silent.kind()).isEqualTo(Failure.REFUSED));
    }

    @Test
    void aNameIsCheckedByItsAddressesAndKeptInTheHostHeader() {
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var url = "http://localhost:" + receiver.port() + "/";
            assertThat(send(url, Duration.ofSeconds(5))).isInstanceOf(Answered.class);
            assertThat(receiver.requests().get(0).header("Host")).contains("localhost:" + receiver.port());
        }
    }
}
