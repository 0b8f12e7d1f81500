package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Deadlines deadlines = new Deadlines();

    private List<Deadlines.Watch> start(int count, Duration timeout) {
        List<Deadlines.Watch> watches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            watches.add(deadlines.start(timeout));
        }
        return watches;
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    /** A moment at which they have expired, but have not waited long for their end. */
    private static long soonAfter(Duration timeout) {
        return in(timeout.plusMillis(1));
    }

    /** How many end each time, until none does. */
    private List<Integer> enforced(long now) {
        List<Integer> ended = new ArrayList<>();
        for (int count = deadlines.enforce(now); count > 0; count = deadlines.enforce(now)) {
            ended.add(count);
        }
        return ended;
    }

    private static ExecChain.Scope over(Runnable discarding, Deadlines.Watch watch) {
        ExecRuntime runtime = (ExecRuntime) Proxy.newProxyInstance(
                DeadlinesTest.class.getClassLoader(),
                new Class<?>[] {ExecRuntime.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("discardEndpoint")) {
                        discarding.run();
                    }
                    return null;
                });
        HttpHost host = new HttpHost("127.0.0.1", 9);
        return new ExecChain.Scope("1", new HttpRoute(host), new HttpPost("http://127.0.0.1:9/"), runtime, watch);
    }

    private void connect(Deadlines.Watch watch, Runnable discarding) throws Exception {
        deadlines.execute(new HttpPost("http://127.0.0.1:9/"), over(discarding, watch), (request, scope) -> null);
    }

    @Test
    void whatIsNotDueGoesOn() {
        start(3, TIMEOUT);
        assertThat(enforced(in(TIMEOUT.minusSeconds(1)))).isEmpty();
    }

    @Test
    void aLoneOneEndsAtOnce() {
        start(1, TIMEOUT);
        assertThat(enforced(soonAfter(TIMEOUT))).containsExactly(1);
    }

    @Test
    void aFewEndOneByOne() {
        start(8, TIMEOUT);
        assertThat(enforced(soonAfter(TIMEOUT))).hasSize(8).containsOnly(1);
    }

    @Test
    void manyEndEvenlyOverHalfASecond() {
        start(512, TIMEOUT);
        long deadline = in(TIMEOUT);
        List<Integer> ended = new ArrayList<>();
        for (Duration since = Duration.ZERO; since.toMillis() <= 500; since = since.plus(Deadlines.EVERY)) {
            ended.add(deadlines.enforce(deadline + since.toNanos()));
        }
        assertThat(ended).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2 * 512 / ended.size()));
        assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(512);
    }

    @Test
    void noneWaitsLongerThanHalfASecond() {
        start(512, TIMEOUT);
        assertThat(enforced(in(TIMEOUT.plusMillis(600)))).containsExactly(512);
    }

    @Test
    void norLongerThanATenthOfItsTimeout() {
        start(512, Duration.ofMillis(100));
        assertThat(enforced(in(Duration.ofMillis(111)))).containsExactly(512);
    }

    @Test
    void theOldestFirst() {
        var young = start(4, TIMEOUT);
        start(4, TIMEOUT.minusMillis(100));
        long now = soonAfter(TIMEOUT);
        IntStream.range(0, 4).forEach(i -> assertThat(deadlines.enforce(now)).isEqualTo(1));
        young.forEach(deadlines::end);
        assertThat(enforced(soonAfter(TIMEOUT))).isEmpty();
    }

    @Test
    void whatMustEndNowHurriesNobodyElse() {
        start(1, Duration.ofMillis(100));
        start(512, TIMEOUT);
        assertThat(deadlines.enforce(soonAfter(TIMEOUT))).isBetween(512 / 25, 2 * 512 / 25);
    }

    @Test
    void aConnectionIsClosedAlsoWhenItComesLate() throws Exception {
        var watch = deadlines.start(TIMEOUT);
        long late = soonAfter(TIMEOUT);
        deadlines.enforce(late);
        var closed = new AtomicInteger();

        connect(watch, closed::incrementAndGet);
        deadlines.enforce(late);

        assertThat(closed).hasValue(1);
    }

    @Test
    void oneThatCannotBeClosedCostsNoOtherItsDeadline() throws Exception {
        var closed = new AtomicInteger();
        for (Deadlines.Watch watch : start(3, TIMEOUT)) {
            connect(watch, () -> {
                closed.incrementAndGet();
                throw new IllegalStateException("of the connection pool");
            });
        }

        assertThat(deadlines.enforce(in(TIMEOUT.plusMillis(600)))).isEqualTo(3);
        assertThat(closed).hasValue(3);
    }

    @Test
    void nothingIsSentAfterTheDeadline() {
        var watch = deadlines.start(Duration.ofMillis(-1));
        assertThatThrownBy(() -> connect(watch, () -> {})).isInstanceOf(InterruptedIOException.class);
    }
}
