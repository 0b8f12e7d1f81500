package io.decnet.webhook.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for facts. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final long STEP_MILLIS = 20;

    private Waiting() {}

    static void until(String what, BooleanSupplier fact) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited in vain: " + what);
            }
            Thread.sleep(STEP_MILLIS);
        }
    }
}
