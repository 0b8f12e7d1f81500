package io.decnet.webhook.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SignalsTest {
    /** A program whose last thread ends while a signal is being handled, as a server's does. */
    static final class Signalled {
        private Signalled() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            var handling = new CountDownLatch(1);
            Signals.handle(code -> {
                handling.countDown();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                Runtime.getRuntime().halt(code);
            });
            new ProcessBuilder(
                            "kill",
                            "-HUP",
                            String.valueOf(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start();
            handling.await();
        }
    }

    @Test
    void theCodeIsThatOfTheSignalAlsoWhenNothingElseRuns() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Signalled.class.getName())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(129);
    }
}
