package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult.Answered;
import io.decnet.webhook.egress.SendResult.NotAnswered;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StaleConnectionTest {
    private final WebhookClient client = new WebhookClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger stale = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /** Retries as the container does by the annotation. */
    private final class Retrying extends Exchange {
        @Override
        public Response post(Invocation request) throws StaleConnection {
            try {
                return super.post(request);
            } catch (StaleConnection e) {
                stale.incrementAndGet();
                return super.post(request);
            }
        }
    }

    @BeforeEach
    void open() {
        client.policy = DestinationPolicyTest.policy(Map.of("decnet.webhook.allow-private", "true"));
        client.settings = client.policy.settings;
        client.clock = Clock.systemUTC();
        client.exchange = new Retrying();
        client.open(LookUps.on(threads, Duration.ofSeconds(3), InetAddress::getAllByName));
    }

    @AfterEach
    void close() {
        client.close();
        threads.shutdownNow();
    }

    private SendResult send(ScriptedReceiver receiver) {
        return client.send(new WebhookRequest(
                receiver.url("/hook"),
                "d-1",
                "e1",
                new Topic("attacker.seen"),
                new byte[] {'{', '}'},
                List.of("0123456789abcdef"),
                Optional.empty(),
                Duration.ofSeconds(20)));
    }

    /** Answers each request but the one of this number, on which it hangs up without a word. */
    private Script hangingUpOn(int silent) {
        return (out, socket, closed) ->
                requests.incrementAndGet() != silent && ScriptedReceiver.ok().answer(out, socket, closed);
    }

    @Test
    void aRequestOnAStaleConnectionIsMadeAgainOnANewOne() {
        try (var receiver = ScriptedReceiver.start(hangingUpOn(2))) {
            assertThat(send(receiver)).isInstanceOf(Answered.class);
            assertThat(send(receiver)).isInstanceOf(Answered.class);
            assertThat(stale).hasValue(1);
            assertThat(requests).hasValue(3);
        }
    }

    @Test
    void aNewConnectionThatIsHungUpOnIsNoStaleOne() {
        try (var receiver = ScriptedReceiver.start(hangingUpOn(1))) {
            assertThat(send(receiver)).isInstanceOf(NotAnswered.class);
            assertThat(stale).hasValue(0);
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void aConnectionThatEndsWithinTheAnswerIsNoStaleOne() {
        Script half = (out, socket, closed) -> {
            if (requests.incrementAndGet() == 2) {
                return ScriptedReceiver.raw("HTTP/1.1 200 OK\r\nContent-Le").answer(out, socket, closed);
            }
            return ScriptedReceiver.ok().answer(out, socket, closed);
        };
        try (var receiver = ScriptedReceiver.start(half)) {
            send(receiver);
            assertThat(send(receiver)).isInstanceOf(NotAnswered.class);
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void theContainerRetriesOnceAtOnceAndOnNothingElse() throws NoSuchMethodException {
        var retry = Exchange.class.getMethod("post", Invocation.class).getAnnotation(Retry.class);
        assertThat(retry.maxRetries()).isEqualTo(1);
        assertThat(retry.delay()).isZero();
        assertThat(retry.retryOn()).isEqualTo(new Class<?>[] {StaleConnection.class});
    }
}
