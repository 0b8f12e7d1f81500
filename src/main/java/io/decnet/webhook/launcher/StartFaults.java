package io.decnet.webhook.launcher;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

/**
 * What went wrong during the start, taken from the log: the server writes down why an archive was not deployed, in many lines, and tells nobody
 * else. Static because the log makes its handlers itself, and more than one.
 */
final class StartFaults {
    private static final int KEPT = 50;
    private static final int DEPTH = 20;
    private static final int SHOWN_CHARACTERS = 400;
    private static final String OURS = StartFaults.class.getPackageName().replace(".launcher", ".");
    private static final List<LogRecord> NOTED = new ArrayList<>();
    private static boolean watching = true;

    private StartFaults() {}

    static synchronized void note(LogRecord entry) {
        if (watching && NOTED.size() < KEPT && entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            NOTED.add(entry);
        }
    }

    /** The start is over: nothing more is kept. */
    static synchronized void forget() {
        watching = false;
        NOTED.clear();
    }

    /** The best reason there is, in one line. */
    static synchronized String reason() {
        return first(StartFaults::saidByUs)
                .or(() -> first(StartFaults::saidByTheDatabase))
                .or(() -> first(StartFaults::root))
                .or(() -> NOTED.stream().map(OneLineFormatter::text).findFirst())
                .map(StartFaults::oneLine)
                .orElse("the log says no more");
    }

    private interface Source {
        Optional<Throwable> in(List<Throwable> chain);
    }

    private static Optional<String> first(Source source) {
        return NOTED.stream()
                .map(entry -> Optional.ofNullable(entry.getThrown()).map(StartFaults::chain))
                .flatMap(Optional::stream)
                .flatMap(chain -> source.in(chain).stream())
                .map(thrown -> Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString()))
                .findFirst();
    }

    private static List<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(DEPTH)
                .toList();
    }

    // A message made in our own code is made for the operator.
    private static Optional<Throwable> saidByUs(List<Throwable> chain) {
        return chain.stream()
                .filter(thrown -> thrown.getStackTrace().length > 0
                        && thrown.getStackTrace()[0].getClassName().startsWith(OURS))
                .findFirst();
    }

    private static Optional<Throwable> saidByTheDatabase(List<Throwable> chain) {
        return chain.stream().filter(SQLException.class::isInstance).reduce((outer, inner) -> inner);
    }

    private static Optional<Throwable> root(List<Throwable> chain) {
        return chain.stream().reduce((outer, inner) -> inner);
    }

    private static String oneLine(String text) {
        var line = text.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
        return OneLineFormatter.escaped(
                line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line);
    }
}
