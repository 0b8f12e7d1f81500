package io.decnet.webhook.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;

/**
 * Does one thing again and again until the program ends. Nothing else ends it: a fault, also memory that ran out, is
 * logged, and after a rest, longer each time, the work is tried again. A node whose recorder had ended would still be
 * heard by the others, and nobody would take its work over.
 */
final class Worker implements Runnable {
    private static final Logger LOG = System.getLogger(Worker.class.getName());

    private final String name;
    private final Step step;
    private final Rest rest;

    /** What is done each time. */
    interface Step {
        void run(Rest rest) throws InterruptedException;
    }

    Worker(String name, Step step, CountDownLatch ending) {
        this.name = name;
        this.step = step;
        this.rest = new Rest(ending);
    }

    @Override
    public void run() {
        while (!rest.isEnding()) {
            try {
                step.run(rest);
                rest.over();
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "worker.interrupted worker={0}", name);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "worker.failed worker=" + name + " cause=" + e);
                rest.take();
            }
        }
    }
}
