package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.egress.SendResult.Answered;
import io.decnet.webhook.egress.SendResult.Failure;
import io.decnet.webhook.egress.SendResult.NotAnswered;
import io.decnet.webhook.testing.Authority;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Request;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The receiver must be the one that the URL names, whatever address was connected to; and a name must lead outside at every attempt. The receiver
 * is at 127.0.0.1, an address that is opened here, and the client trusts one authority.
 */
@Timeout(120)
class ReceiverIdentityTest {
    private static final String NAME = "hooks.example";
    private static final List<String> TRUST =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType");

    @TempDir
    static Path directory;

    private static Authority trusted;
    private static Authority unknown;

    private final WebhookClient client = new WebhookClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> namesAsked = new CopyOnWriteArrayList<>();
    private volatile String leadsTo = "127.0.0.1";

    @BeforeAll
    static void issue() {
        trusted = Authority.made(directory, "trusted");
        unknown = Authority.made(directory, "unknown");
        System.setProperty(TRUST.get(0), trusted.trustStore().toString());
        System.setProperty(TRUST.get(1), Authority.PASSWORD);
        System.setProperty(TRUST.get(2), "PKCS12");
    }

    @AfterAll
    static void trustAsBefore() {
        TRUST.forEach(System::clearProperty);
    }

    private void open() {
        client.policy = DestinationPolicyTest.policy(Map.of("decnet.webhook.allowed-cidrs", "127.0.0.1/32"));
        client.settings = client.policy.settings;
        client.clock = Clock.systemUTC();
        client.open(LookUps.on(
                threads, Duration.ofSeconds(30), host -> new InetAddress[] {InetAddress.getByName(leadsTo)}));
    }

    @AfterEach
    void close() {
        client.close();
        threads.shutdownNow();
    }

    private ScriptedReceiver receiver(Path store) throws IOException {
        var server = Authority.showing(store)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Script answer = (out, socket, closed) -> {
            var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
            session.getRequestedServerNames().stream()
                    .map(SNIServerName::getEncoded)
                    .map(String::new)
                    .forEach(namesAsked::add);
            return ScriptedReceiver.ok().answer(out, socket, closed);
        };
        return ScriptedReceiver.start(server, answer, (request, script) -> requests.add(request));
    }

    private SendResult send(String url) {
        return client.send(SampleRequest.to(url, Duration.ofSeconds(60)));
    }

    private void requireNothingSent(Path store, String said) throws IOException {
        open();
        try (var receiver = receiver(store)) {
            assertThat(send("https://" + NAME + ":" + receiver.port() + "/"))
                    .isInstanceOfSatisfying(NotAnswered.class, silent -> {
                        assertThat(silent.kind()).isEqualTo(Failure.NETWORK);
                        assertThat(silent.error()).contains(said);
                    });
            assertThat(requests).isEmpty();
        }
    }

    @Test
    void theNamePassesAtTheAddressThatWasChecked() throws IOException {
        open();
        try (var receiver = receiver(trusted.issue("right", "dns:" + NAME))) {
            assertThat(send("https://" + NAME + ":" + receiver.port() + "/"))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.address()).contains("127.0.0.1"));
            assertThat(requests)
                    .singleElement()
                    .satisfies(request -> assertThat(request.header("Host")).contains(NAME + ":" + receiver.port()));
            assertThat(namesAsked).containsExactly(NAME);
        }
    }

    @ParameterizedTest
    @CsvSource({"other, dns:other.example", "address, ip:127.0.0.1"})
    void aCertificateForAnotherNameIsRefusedAlsoOneForTheAddress(String alias, String names) throws IOException {
        requireNothingSent(trusted.issue(alias, names), NAME);
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        requireNothingSent(trusted.issue("expired", "dns:" + NAME, "-9d"), "has expired, NotAfter");
    }

    @Test
    void aCertificateThatIsNotYetValidIsRefused() throws IOException {
        requireNothingSent(trusted.issue("early", "dns:" + NAME, "+2d"), "is not valid yet, NotBefore");
    }

    @Test
    void aCertificateSignedByItselfIsRefused() throws IOException {
        requireNothingSent(trusted.selfSigned("alone", "dns:" + NAME), "unable to find valid certification path");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
        requireNothingSent(unknown.issue("foreign", "dns:" + NAME), "unable to find valid certification path");
    }

    @Test
    void anAddressInTheUrlMustBeInTheCertificate() throws IOException {
        open();
        try (var receiver = receiver(trusted.issue("literal", "ip:127.0.0.1"))) {
            assertThat(send("https://127.0.0.1:" + receiver.port() + "/")).isInstanceOf(Answered.class);
        }
    }

    /** The pooled connection still leads to where it was checked; the name does not. */
    @Test
    void aNameThatComesToLeadInsideIsRefusedThoughItsConnectionIsOpen() {
        open();
        try (var receiver = ScriptedReceiver.start(ScriptedReceiver.ok())) {
            var url = "http://rebind.example:" + receiver.port() + "/";
            assertThat(send(url)).isInstanceOf(Answered.class);
            leadsTo = "169.254.169.254";
            await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> send(url),
                            result -> result instanceof NotAnswered silent && silent.kind() == Failure.REFUSED);
            int answered = receiver.requests().size();
            assertThat(send(url)).isInstanceOf(NotAnswered.class);
            assertThat(receiver.requests()).hasSize(answered);
            leadsTo = "127.0.0.1";
            assertThat(send(url)).isInstanceOf(Answered.class);
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }
}
