package io.decnet.webhook.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Points in time as pages write them: ISO-8601 to the second, which the browser shows in its zone. */
final class Moments {
    private Moments() {}

    /** Empty when there is none. */
    static String text(Optional<Instant> time) {
        return time.map(Moments::text).orElse("");
    }

    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
