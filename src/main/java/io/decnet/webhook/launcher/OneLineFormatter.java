package io.decnet.webhook.launcher;

import io.decnet.webhook.config.Unseen;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

/** One line a record: time, level, last part of the logger's name, message. Line breaks are shown, so nobody forges a line. */
public final class OneLineFormatter extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int CAUSES = 5;
    private static final int FRAMES = 6;

    @Override
    public String format(LogRecord entry) {
        var line = new StringBuilder(TIME.format(entry.getInstant()))
                .append(' ')
                .append(String.format(Locale.ROOT, "%-7s", entry.getLevel().getName()))
                .append(' ')
                .append(shortName(entry))
                .append(": ")
                .append(escaped(text(entry)));
        Optional.ofNullable(entry.getThrown())
                .ifPresent(thrown -> line.append(" | ").append(escaped(chain(thrown))));
        return line.append(System.lineSeparator()).toString();
    }

    /** The message with its parameters, without its exception. */
    static String text(LogRecord entry) {
        return Optional.ofNullable(new OneLineFormatter().formatMessage(entry)).orElse("");
    }

    private static String shortName(LogRecord entry) {
        return Optional.ofNullable(entry.getLoggerName())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .orElse("root");
    }

    private static String chain(Throwable thrown) {
        var text = new StringBuilder(thrown.toString());
        var cause = thrown;
        for (var next : causes(thrown)) {
            cause = next;
            text.append(" <- ").append(cause);
        }
        var frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append(" at ").append(frames[i]);
        }
        return text.toString();
    }

    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .skip(1)
                .limit(CAUSES)
                .toList();
    }

    /** Whatever ends a line, moves the cursor or turns the direction of text becomes its number: what strangers say stays where it is. */
    static String escaped(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character == '\n') {
                safe.append("\\n");
            } else if (character == '\r') {
                safe.append("\\r");
            } else if (character != '\t' && Unseen.is(character)) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                safe.appendCodePoint(character);
            }
        });
        return safe.toString();
    }
}
