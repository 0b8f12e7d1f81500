package io.decnet.webhook.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that another factory makes ahead of need. To make one Payara 6 looks through all archives for whoever has a say in
 * the context of threads ({@code ContextSetupProviderImpl.saveContext}), which takes a millisecond or several: whoever
 * launches attempts, most of all the thread that takes events from the bus, must not wait for that. Not needed once the
 * server looks only once. Any thread may ask for one; only one may call {@link #make}.
 */
final class SpareThreads implements ThreadFactory {
    private static final Logger LOG = System.getLogger(SpareThreads.class.getName());

    private final ThreadFactory factory;
    private final int most;
    private final BlockingQueue<Spare> spares = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    /** Made before it is known what for; not started until then. */
    private static final class Spare {
        private final Optional<Thread> thread;
        private Runnable work = () -> {};

        Spare(ThreadFactory factory) {
            // Not work::run, which would do what work is now.
            thread = Optional.ofNullable(factory.newThread(() -> work.run()));
        }

        boolean isThere() {
            return thread.isPresent();
        }

        Thread toDo(Runnable task) {
            work = task; // seen by the thread, which is started after this
            return thread.orElseThrow();
        }
    }

    /**
     * Has none yet.
     *
     * @param most threads that may live at once, spares included
     */
    SpareThreads(ThreadFactory factory, int most) {
        this.factory = factory;
        this.most = most;
    }

    @Override
    public Thread newThread(Runnable task) {
        Spare spare = spares.poll();
        return spare == null ? factory.newThread(task) : spare.toDo(task);
    }

    /** Makes some of those that are missing, while the factory gives any: so many of those it has given live. */
    void make(int atOnce, int living) {
        int missing = Math.min(atOnce, most - living - spares.size());
        for (int i = 0; i < missing && !ended; i++) {
            Spare spare = new Spare(factory);
            if (!spare.isThere()) {
                return;
            }
            spares.add(spare);
        }
        if (ended) {
            end(); // what was added after it had ended
        }
    }

    /** Makes no more, and lets go of those there are: the container remembers a thread until it has run. */
    void end() {
        ended = true;
        for (Spare spare = spares.poll(); spare != null; spare = spares.poll()) {
            try {
                spare.toDo(() -> {}).start();
            } catch (RuntimeException | Error e) { // the system may have no thread to give, and there is more to end
                LOG.log(Level.WARNING, "spare-thread.left cause=" + e);
            }
        }
    }
}
