package io.decnet.webhook.admin;

import java.time.Duration;

/** Durations as the configuration writes them. */
final class Words {
    private Words() {}

    /** In the largest unit that has no rest, such as {@code 90s} or {@code 24h}; days from two on. */
    static String of(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSeconds() % 60 != 0) {
            return duration.toSeconds() + "s";
        }
        if (duration.toMinutes() % 60 != 0) {
            return duration.toMinutes() + "m";
        }
        boolean days = duration.toHours() % 24 == 0 && duration.toDays() > 1;
        return days ? duration.toDays() + "d" : duration.toHours() + "h";
    }
}
