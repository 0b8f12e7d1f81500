package io.decnet.webhook.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What another Java process is doing, by the JDK's own tool. */
public final class Threads {
    private Threads() {}

    /** How many threads of the process are inside a method, written as in a stack trace, with its opening bracket. */
    public static int inside(long pid, String method) {
        try {
            var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var dump = new ProcessBuilder(tool, Long.toString(pid), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            var text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return (int)
                    text.lines().filter(line -> line.contains("at " + method)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
