package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpareThreadsTest {
    private final AtomicInteger made = new AtomicInteger();
    private final SpareThreads threads = new SpareThreads(
            task -> {
                made.incrementAndGet();
                return new Thread(task);
            },
            3);

    @Test
    void aSpareIsTakenBeforeOneIsMade() {
        threads.make(2);

        threads.newThread(() -> {});
        threads.newThread(() -> {});
        assertThat(made).hasValue(2);

        threads.newThread(() -> {});
        assertThat(made).hasValue(3);
    }

    @Test
    void noMoreAreMadeThanItMayHave() {
        threads.make(2);
        threads.make(2);
        threads.make(2);

        assertThat(made).hasValue(3);
    }

    @Test
    void whatWasTakenIsMadeAgain() {
        threads.make(3);
        threads.newThread(() -> {});

        threads.make(3);

        assertThat(made).hasValue(4);
    }

    @Test
    void eachThreadDoesItsTask() throws Exception {
        threads.make(1);
        CompletableFuture<Thread> bySpare = new CompletableFuture<>();
        CompletableFuture<Thread> byOther = new CompletableFuture<>();
        Thread spare = threads.newThread(() -> bySpare.complete(Thread.currentThread()));
        Thread other = threads.newThread(() -> byOther.complete(Thread.currentThread()));

        spare.start();
        other.start();

        assertThat(bySpare.get(10, TimeUnit.SECONDS)).isSameAs(spare);
        assertThat(byOther.get(10, TimeUnit.SECONDS)).isSameAs(other);
    }

    @Test
    void aSpareIsNotStartedAheadOfItsTask() {
        threads.make(1);

        assertThat(threads.newThread(() -> {}).getState()).isEqualTo(Thread.State.NEW);
    }
}
