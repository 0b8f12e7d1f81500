package io.decnet.webhook.bus;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The times senders write, in the years 0 to 9999: epoch seconds or ISO-8601 with an offset. Empty for anything else. */
public final class EventTime {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(LATEST.getEpochSecond());
    /** Longer or finer numbers are no times, but could cost much arithmetic. */
    private static final int MAX_NUMBER = 40;

    private EventTime() {}

    /** Such as {@code 2026-04-24T22:24:33.12+02:00}. */
    public static Optional<Instant> ofText(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(EventTime::isUsual);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A JSON literal that is a number, such as {@code 1777062273.12}; what is finer than milliseconds is cut. */
    public static Optional<Instant> ofSeconds(String literal) {
        if (literal.length() > MAX_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal seconds = new BigDecimal(literal);
            if (seconds.abs().compareTo(MAX_SECONDS) > 0 || seconds.scale() > MAX_NUMBER) {
                return Optional.empty();
            }
            return Optional.of(Instant.ofEpochMilli(seconds.movePointRight(3).longValue()))
                    .filter(EventTime::isUsual);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As JMS has it, where 0 says that nobody knows. */
    static Optional<Instant> ofMillis(long epochMillis) {
        return epochMillis > 0
                ? Optional.of(Instant.ofEpochMilli(epochMillis)).filter(EventTime::isUsual)
                : Optional.empty();
    }

    private static boolean isUsual(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }
}
