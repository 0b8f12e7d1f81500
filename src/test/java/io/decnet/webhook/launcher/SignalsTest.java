package io.decnet.webhook.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final int PATIENCE_SECONDS = 60;

    /** A program whose last thread ends while a signal is being handled, as a server's does. */
    static final class Signalled {
        private Signalled() {}

        public static void main(String[] arguments) throws InterruptedException {
            var handling = new CountDownLatch(1);
            Signals.handle(code -> {
                handling.countDown();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                Runtime.getRuntime().halt(code);
            });
            System.out.println("ready");
            if (!handling.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no signal came");
            }
        }
    }

    @Test
    void theCodeIsThatOfTheSignalAlsoWhenNothingElseRuns() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Signalled.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }
}
