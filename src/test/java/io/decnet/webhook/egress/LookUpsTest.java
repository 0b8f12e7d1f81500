package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookUpsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aPlainAddressIsItsOwnAnswerAndNeedsNoThread() throws UnknownHostException {
        var lookUps = LookUps.on(
                work -> {
                    throw new AssertionError("no thread is needed");
                },
                LONG,
                InetAddress::getAllByName);
        assertThat(lookUps.find("192.0.2.7")).containsExactly(InetAddress.getByName("192.0.2.7"));
        assertThat(lookUps.find("2001:db8::7")).containsExactly(InetAddress.getByName("2001:db8::7"));
    }

    @Test
    void whatIsNoPlainAddressIsLookedUpAside() {
        var asked = new AtomicInteger();
        var caller = Thread.currentThread();
        var lookUps = LookUps.on(threads, LONG, host -> {
            asked.addAndGet(Thread.currentThread() == caller ? 0 : 1);
            throw new UnknownHostException(host);
        });
        List<String> hosts = List.of("192.0.2.256", "1.2.3", "192.0.2.7.example", "::ffff:192.0.2.7", "[2001:db8::7]");
        for (String host : hosts) {
            assertThatThrownBy(() -> lookUps.find(host)).isInstanceOf(UnknownHostException.class);
        }
        assertThat(asked).hasValue(hosts.size());
    }

    @Test
    void aResolverThatHangsCostsOneThreadForAHostAndItsCallersOnlyTheirPatience() {
        var calls = new AtomicInteger();
        var hanging = new CountDownLatch(1);
        var lookUps = LookUps.on(threads, Duration.ofMillis(100), host -> {
            calls.incrementAndGet();
            return waited(hanging);
        });
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> lookUps.find("slow.example"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("takes too long");
        }
        assertThat(calls).hasValue(1);
        hanging.countDown();
    }

    @Test
    void aBoundedNumberOfHostsHangsAtOnce() {
        var calls = new AtomicInteger();
        var hanging = new CountDownLatch(1);
        var lookUps = LookUps.on(threads, Duration.ofMillis(20), host -> {
            calls.incrementAndGet();
            return waited(hanging);
        });
        IntStream.range(0, 50)
                .forEach(i -> assertThatThrownBy(() -> lookUps.find("slow" + i + ".example"))
                        .isInstanceOf(UnknownHostException.class));
        await().atMost(LONG).until(() -> calls.get() == 32);
        hanging.countDown();
        await().atMost(LONG).until(() -> works(lookUps));
    }

    /** The check and the connection use one answer: the second, bad one is refused though the first was good. */
    @Test
    void aNameThatChangesItsMindIsCheckedEachTimeItIsConnectedTo() throws UnknownHostException {
        var answers = new AtomicInteger();
        var lookUps =
                LookUps.on(threads, LONG, host -> new InetAddress[] {
                    InetAddress.getByName(answers.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1")
                });
        var policy = DestinationPolicyTest.policy(Map.of());
        policy.lookUps = lookUps;
        assertThat(policy.check("https://rebind.example/")).isInstanceOf(DestinationPolicy.Verdict.Allowed.class);
        var resolver = new PinningResolver(policy, lookUps);
        assertThatThrownBy(() -> resolver.resolve("rebind.example"))
                .isInstanceOf(ForbiddenDestination.class)
                .hasMessageContaining("127.0.0.1");
        assertThat(answers).hasValue(2);
    }

    @Test
    void whatDoesNotResolveOrResolvesSlowlyIsSavedWithAWarning() {
        var policy = DestinationPolicyTest.policy(Map.of());
        policy.lookUps = LookUps.on(threads, LONG, host -> {
            throw new UnknownHostException(host);
        });
        var verdict = (DestinationPolicy.Verdict.Allowed) policy.check("http://nowhere.example/");
        assertThat(verdict.warnings())
                .extracting(warning -> warning.substring(0, warning.indexOf(':')))
                .isEqualTo(List.of("insecure_url", "unresolved_host"));
    }

    private static boolean works(LookUps lookUps) {
        try {
            return lookUps.find("quick.example").length == 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static InetAddress[] waited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new InetAddress[0];
    }
}
