package io.decnet.webhook.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final int MEBIBYTE = 1 << 20;

    /** Room for three messages of one mebibyte, and a little. */
    private final Intake intake = new Intake(16L * (3 * MEBIBYTE + 100 * 1024));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();

    @AfterEach
    void end() {
        done.countDown();
        threads.shutdown();
    }

    @Test
    void smallMessagesGoInTogether() {
        enter(64, 1000);
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.get() == 64);
    }

    @Test
    void ofLargeOnesNoMoreThanThereIsRoomFor() {
        enter(3, MEBIBYTE);
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.get() == 3);
        enter(1, MEBIBYTE);
        await().atMost(Duration.ofMinutes(1)).until(intake::hasWaiting);
        assertThat(inside).hasValue(3);

        done.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.get() == 4);
    }

    @Test
    void oneThatIsLongerThanAllTheRoomGoesAlone() {
        enter(1, 100 * MEBIBYTE);
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.get() == 1);
    }

    private void enter(int messages, int length) {
        for (int i = 0; i < messages; i++) {
            threads.execute(() -> intake.admit(length, () -> {
                inside.incrementAndGet();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
    }
}
