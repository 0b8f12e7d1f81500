package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult.Answered;
import io.decnet.webhook.egress.SendResult.NotAnswered;
import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class StaleConnectionTest {
    private final WebhookClient client = new WebhookClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void open() {
        client.policy = DestinationPolicyTest.policy(Map.of("decnet.webhook.allow-private", "true"));
        client.settings = client.policy.settings;
        client.clock = Clock.systemUTC();
        client.open(LookUps.on(threads, Duration.ofSeconds(3), InetAddress::getAllByName));
    }

    @AfterEach
    void close() {
        client.close();
        threads.shutdownNow();
    }

    private SendResult send(ScriptedReceiver receiver) {
        return client.send(SampleRequest.to(receiver.url("/hook"), Duration.ofSeconds(20)));
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
            assertThat(requests).hasValue(3);
        }
    }

    @Test
    void aNewConnectionThatIsHungUpOnIsNoStaleOne() {
        try (var receiver = ScriptedReceiver.start(hangingUpOn(1))) {
            assertThat(send(receiver)).isInstanceOf(NotAnswered.class);
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
    void aConnectionThatIsHungUpOnTwiceIsTriedNoThirdTime() {
        Script once = (out, socket, closed) ->
                requests.incrementAndGet() == 1 && ScriptedReceiver.ok().answer(out, socket, closed);
        try (var receiver = ScriptedReceiver.start(once)) {
            assertThat(send(receiver)).isInstanceOf(Answered.class);
            assertThat(send(receiver)).isInstanceOf(NotAnswered.class);
            assertThat(requests).hasValue(3);
        }
    }

    /** Answers each request with 500, and the first one with a 200 too, so many milliseconds later. */
    private static Script answeringTwice(CountDownLatch said, long later) {
        AtomicInteger asked = new AtomicInteger();
        var failed = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var well = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return (out, socket, closed) -> {
            boolean first = asked.incrementAndGet() == 1;
            var both = ByteBuffer.allocate(failed.length + well.length)
                    .put(failed)
                    .put(well)
                    .array();
            out.write(first && later == 0 ? both : failed);
            out.flush();
            if (first && later > 0) {
                closed.await(later, TimeUnit.MILLISECONDS);
                out.write(well);
                out.flush();
            }
            said.countDown();
            return true;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 20})
    void whatAReceiverSaysUnaskedIsNoAnswerToTheNextRequest(long later) throws InterruptedException {
        var said = new CountDownLatch(1);
        try (var receiver = ScriptedReceiver.start(answeringTwice(said, later))) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(receiver))
                        .isInstanceOfSatisfying(
                                Answered.class,
                                answer -> assertThat(answer.status()).isEqualTo(500));
                said.await();
            }
        }
    }

    @Test
    void emptyLinesAfterAnAnswerAreNoReasonToAskAgain() {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        Script script = (out, socket, closed) -> {
            requests.incrementAndGet();
            out.write(answer);
            out.flush();
            return true;
        };
        try (var receiver = ScriptedReceiver.start(script)) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(receiver)).isInstanceOf(Answered.class);
            }
            assertThat(requests).hasValue(3);
        }
    }
}
