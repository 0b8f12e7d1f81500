package io.decnet.webhook.rest;

import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import jakarta.ws.rs.NotFoundException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads path and query parameters. */
final class Parameters {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private Parameters() {}

    /** An id that is none names nothing. */
    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException("there is nothing with the id " + text);
        }
    }

    static int limit(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw invalid("limit", "must be a whole number from 1 to 1000");
    }

    /** Absent and empty are the same. */
    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty());
    }

    static Optional<Instant> time(String name, @Nullable String text) {
        return text(text).map(given -> {
            try {
                return OffsetDateTime.parse(given).toInstant();
            } catch (DateTimeException e) {
                throw invalid(name, "must be an ISO-8601 time");
            }
        });
    }

    static Optional<UUID> cursor(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw invalid("cursor", "is none of ours");
        }
    }

    static Invalid invalid(String field, String message) {
        return new Invalid(List.of(new FieldError(field, message)));
    }
}
