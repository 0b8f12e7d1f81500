package io.decnet.webhook.delivery;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that another factory makes ahead of need. To make one the container looks through all of its archives for
 * whoever has a say in the context of threads, which takes a millisecond or several: whoever launches attempts, most of
 * all the thread that takes events from the bus, must not wait for that.
 */
final class SpareThreads implements ThreadFactory {
    private final ThreadFactory factory;
    private final BlockingQueue<Spare> spares;

    /** Made before it is known what for; not started until then. */
    private static final class Spare {
        private final Thread thread;
        private Runnable work = () -> {};

        Spare(ThreadFactory factory) {
            thread = factory.newThread(() -> work.run());
        }

        Thread toDo(Runnable task) {
            work = task; // seen by the thread, which is started after this
            return thread;
        }
    }

    /** @param most to have at hand */
    SpareThreads(ThreadFactory factory, int most) {
        this.factory = factory;
        this.spares = new ArrayBlockingQueue<>(most);
    }

    @Override
    public Thread newThread(Runnable task) {
        Spare spare = spares.poll();
        return spare == null ? factory.newThread(task) : spare.toDo(task);
    }

    /** Makes so many of those that are missing; to be called by one thread at a time. */
    void make(int most) {
        int missing = Math.min(most, spares.remainingCapacity());
        for (int i = 0; i < missing; i++) {
            spares.add(new Spare(factory));
        }
    }
}
