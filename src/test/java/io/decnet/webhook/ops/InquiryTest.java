package io.decnet.webhook.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.testing.HandClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InquiryTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final HandClock clock = new HandClock();

    @AfterEach
    void end() {
        hang.countDown();
        threads.shutdownNow();
    }

    private int hung() {
        int count = asked.incrementAndGet();
        try {
            hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return count;
    }

    @Test
    void keepsAnAnswerForASecond() {
        var inquiry = new Inquiry<>(asked::incrementAndGet, threads, clock, Duration.ofSeconds(20));
        assertThat(inquiry.answer()).hasValue(1);
        clock.goOn(Duration.ofMillis(999));
        assertThat(inquiry.answer()).hasValue(1);
        clock.goOn(Duration.ofMillis(1));
        assertThat(inquiry.answer()).hasValue(2);
    }

    @Test
    void doesNotWaitForAnAnswerThatNeverComes() {
        assertThat(new Inquiry<>(this::hung, threads, clock, SHORT).answer()).isEmpty();
    }

    @Test
    void asksNobodyTwiceAtOnce() {
        var inquiry = new Inquiry<>(this::hung, threads, clock, SHORT);
        inquiry.answer();
        clock.goOn(Duration.ofSeconds(60));
        inquiry.answer();
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainOnceTheLateAnswerHasCome() {
        var inquiry = new Inquiry<>(this::hung, threads, clock, SHORT);
        inquiry.answer();
        hang.countDown();
        await().untilAsserted(() -> assertThat(inquiry.answer()).hasValue(1));
        clock.goOn(Duration.ofSeconds(2));
        await().untilAsserted(() -> assertThat(inquiry.answer()).hasValue(2));
    }

    @Test
    void theLastAnswerStandsForAMomentWhileTheNextIsLate() {
        var inquiry = new Inquiry<>(() -> asked.get() == 0 ? asked.incrementAndGet() : hung(), threads, clock, SHORT);
        await().untilAsserted(() -> assertThat(inquiry.answer()).hasValue(1));
        clock.goOn(Duration.ofSeconds(2));
        assertThat(inquiry.answer()).hasValue(1);
        clock.goOn(Duration.ofSeconds(4));
        assertThat(inquiry.answer()).isEmpty();
    }

    @Test
    void aFailureIsNoAnswer() {
        var inquiry = new Inquiry<Integer>(
                () -> {
                    throw new IllegalStateException("no");
                },
                threads,
                clock,
                Duration.ofSeconds(20));
        assertThat(inquiry.answer()).isEmpty();
    }

    @Test
    void aFullPoolIsNoAnswer() {
        var inquiry = new Inquiry<>(
                asked::incrementAndGet,
                task -> {
                    throw new RejectedExecutionException();
                },
                clock,
                SHORT);
        assertThat(inquiry.answer()).isEmpty();
    }
}
