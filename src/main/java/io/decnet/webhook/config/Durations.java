package io.decnet.webhook.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Durations as operators write them: a whole number and one unit, such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
public final class Durations {
    /** A longer schedule than this is refused. */
    public static final int MAX_DELAYS = 20;

    private static final Duration MAX_DELAY = Duration.ofDays(7);
    // Twelve digits of days stay far below the range of Duration, so the arithmetic cannot overflow.
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads one duration; zero is a duration.
     *
     * @throws IllegalArgumentException with the reason, when the text is not of that form
     */
    public static Duration parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a duration is a whole number and a unit, such as 500ms, 10s, 5m, 24h or 7d");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /**
     * Reads the delays between attempts, separated by commas: at most 20, each from 1ms to 7d. Blank text is the empty list: no retries.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static List<Duration> parseSchedule(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        var delays = Stream.of(text.split(",", -1)).map(Durations::parse).toList();
        requireSchedule(delays);
        return delays;
    }

    /**
     * Holds a list of delays to the limits of a schedule.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static void requireSchedule(List<Duration> delays) {
        if (delays.size() > MAX_DELAYS) {
            throw new IllegalArgumentException("a schedule has at most " + MAX_DELAYS + " delays");
        }
        for (var delay : delays) {
            if (delay.compareTo(Duration.ofMillis(1)) < 0 || delay.compareTo(MAX_DELAY) > 0) {
                throw new IllegalArgumentException("a delay is from 1ms to 7d");
            }
        }
    }

    /** Writes a duration in the largest unit that loses nothing; what is finer than a millisecond is cut off. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** Writes delays as {@link #parseSchedule} reads them. */
    public static String formatSchedule(List<Duration> delays) {
        return delays.stream().map(Durations::format).collect(Collectors.joining(","));
    }
}
