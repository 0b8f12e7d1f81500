package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {
    private final CountDownLatch ending = new CountDownLatch(1);
    private final List<String> steps = new ArrayList<>();

    private void failing(Runnable fault) {
        new Worker(
                        "test",
                        rest -> {
                            steps.add("step");
                            if (steps.size() == 1) {
                                fault.run();
                            }
                            ending.countDown();
                        },
                        ending)
                .run();
    }

    @Test
    void goesOnAfterAFault() {
        failing(() -> {
            throw new IllegalStateException("the database is away");
        });
        assertThat(steps).hasSize(2);
    }

    @Test
    void goesOnAfterMemoryRanOut() {
        failing(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(steps).hasSize(2);
    }

    @Test
    void doesNothingOnceTheProgramEnds() {
        ending.countDown();
        failing(() -> {});
        assertThat(steps).isEmpty();
    }
}
