package io.decnet.webhook.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that the JDK does not send itself. */
enum Signal {
    STOP,
    CONT;

    void to(long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name() + " " + pid + " answered " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
