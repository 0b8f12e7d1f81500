package io.decnet.webhook.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * The log, on standard output: standard error is for the one line that says why there was no start. What is known to mean nothing is left out,
 * line by line and with its reason, so that whole loggers need not be silenced.
 */
public final class LogHandler extends Handler {
    // The server may put a stream of its own in its place, which comes back here.
    private static final PrintStream OUT = System.out;

    private static final List<String> MEANINGLESS = List.of(
            // Of certificates the server ships and nobody uses: ours are those of the JDK.
            "The SSL certificate with alias ",
            // Messages are redelivered without limit, so nothing is ever dead; what its sender lets expire may go.
            "AMQ222165:",
            "AMQ222166:",
            // The server opens the archive twice and drops the first class loader.
            "The web application [unknown] registered the JDBC driver",
            // Names of texts without the text; whoever asked for the connection says what is wrong with it.
            "poolmgr.create_resource_error",
            "poolmgr.get_connection_failure",
            "jdbc.exc_get_conn",
            // The exception itself is the next line.
            "A system exception occurred during an invocation on EJB",
            // The directory is in the data directory, where nothing is cleaned by the system.
            "Payara Micro Runtime directory is located in a temporary file location");

    public LogHandler() {
        setFormatter(new OneLineFormatter());
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry) && isWanted(entry) && !isMeaningless(entry)) {
            StartFaults.note(entry);
            OUT.print(getFormatter().format(entry));
            OUT.flush();
        }
    }

    // The server sets levels of its own beside those of the configuration.
    private static boolean isWanted(LogRecord entry) {
        return entry.getLevel().intValue() >= Level.WARNING.intValue()
                || Optional.ofNullable(entry.getLoggerName()).orElse("").startsWith("io.decnet.");
    }

    private static boolean isMeaningless(LogRecord entry) {
        // Some texts are keys of a bundle: the formatted one is what is known.
        var text = Optional.ofNullable(entry.getMessage()).orElse("");
        return MEANINGLESS.stream()
                .anyMatch(start ->
                        text.startsWith(start) || OneLineFormatter.text(entry).startsWith(start));
    }

    @Override
    public void flush() {
        OUT.flush();
    }

    @Override
    public void close() {
        OUT.flush();
    }
}
