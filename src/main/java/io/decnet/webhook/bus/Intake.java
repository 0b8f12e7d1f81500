package io.decnet.webhook.bus;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/**
 * Lets messages be taken apart together as long as memory has room for what that takes: of small ones all that come at
 * once, of large ones a few. The others wait for their turn, and the broker keeps what comes after them.
 */
@ApplicationScoped
class Intake {
    /** Text, parsed values and the form that is sent: so many times the length of a message, all in all. */
    private static final int TIMES_ITS_LENGTH = 16;

    private static final int UNIT = 1024;

    private final int units;
    private final Semaphore free;

    Intake() {
        this(Runtime.getRuntime().maxMemory() / 4);
    }

    Intake(long bytes) {
        units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / TIMES_ITS_LENGTH / UNIT));
        free = new Semaphore(units, true);
    }

    /** Does this once there is room for a message of this length; one that is longer than all the room goes alone. */
    void admit(long length, Runnable work) {
        int needed = (int) Math.min(units, length / UNIT + 1);
        free.acquireUninterruptibly(needed);
        try {
            work.run();
        } finally {
            free.release(needed);
        }
    }

    /** Whether a message waits for its turn. */
    boolean hasWaiting() {
        return free.hasQueuedThreads();
    }
}
