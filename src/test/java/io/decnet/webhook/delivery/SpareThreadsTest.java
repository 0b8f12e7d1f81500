package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SpareThreadsTest {
    private static final int MOST = 3;

    private final Container container = new Container();
    private final SpareThreads threads = new SpareThreads(container, MOST);

    /** Remembers a thread until it has run, as Payara does. */
    private static final class Container implements ThreadFactory {
        private final AtomicInteger made = new AtomicInteger();
        private final Set<Runnable> remembered = ConcurrentHashMap.newKeySet();
        private volatile int left = Integer.MAX_VALUE;
        private volatile Runnable afterEach = () -> {};

        @Override
        public Thread newThread(Runnable task) {
            if (made.get() >= left) {
                throw new IllegalStateException("no more");
            }
            made.incrementAndGet();
            remembered.add(task);
            afterEach.run();
            return new Thread(() -> {
                task.run();
                remembered.remove(task);
            });
        }
    }

    @Test
    void aSpareIsTakenBeforeOneIsMade() {
        threads.make(2, 0);

        threads.newThread(() -> {});
        threads.newThread(() -> {});
        assertThat(container.made).hasValue(2);

        threads.newThread(() -> {});
        assertThat(container.made).hasValue(3);
    }

    @Test
    void noMoreAreMadeThanMayLive() {
        threads.make(2, 0);
        threads.make(2, 0);
        threads.make(2, 0);

        assertThat(container.made).hasValue(MOST);
    }

    @Test
    void thoseThatLiveCount() {
        threads.make(MOST, 2);
        threads.make(MOST, 2);
        threads.make(MOST, MOST);

        assertThat(container.made).hasValue(1);
    }

    @Test
    void whatWasTakenIsMadeAgain() {
        threads.make(MOST, 0);
        threads.newThread(() -> {});

        threads.make(MOST, 0);

        assertThat(container.made).hasValue(MOST + 1);
    }

    @Test
    void whatWasMadeBeforeTheContainerRefusedIsThere() {
        container.left = 2;
        assertThatThrownBy(() -> threads.make(MOST, 0)).hasMessage("no more");

        assertThat(threads.newThread(() -> {})).isNotNull();
        assertThat(threads.newThread(() -> {})).isNotNull();
        assertThatThrownBy(() -> threads.newThread(() -> {})).hasMessage("no more");

        container.left = Integer.MAX_VALUE;
        threads.make(MOST, 0);
        assertThat(container.made).hasValue(2 + MOST);
    }

    @Test
    void aThreadThatIsNotGivenIsNoSpare() {
        var stingy = new SpareThreads(task -> null, MOST);

        stingy.make(MOST, 0);

        assertThat(stingy.newThread(() -> {})).isNull();
    }

    @Test
    void eachThreadDoesItsTask() throws Exception {
        threads.make(1, 0);
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
        threads.make(1, 0);

        assertThat(threads.newThread(() -> {}).getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void theContainerRemembersNoneInTheEnd() {
        threads.make(MOST, 0);

        threads.end();
        threads.make(MOST, 0);

        assertThat(container.made).hasValue(MOST);
        Awaitility.await().untilAsserted(() -> assertThat(container.remembered).isEmpty());
    }

    @Test
    void norOneThatIsMadeMeanwhile() {
        container.afterEach = threads::end;

        threads.make(MOST, 0);

        assertThat(container.made).hasValue(1);
        Awaitility.await().untilAsserted(() -> assertThat(container.remembered).isEmpty());
    }

    @Test
    void theEndGoesOnWhenTheSystemHasNoThreadLeft() {
        var started = new AtomicInteger();
        var poor = new SpareThreads(
                task -> new Thread(task) {
                    @Override
                    public synchronized void start() {
                        started.incrementAndGet();
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                },
                MOST);
        poor.make(MOST, 0);

        poor.end();

        assertThat(started).hasValue(MOST);
    }
}
