package io.decnet.webhook.rest;

import io.decnet.webhook.bus.EventTime;
import io.decnet.webhook.reason.Reason;
import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The parameters behind the question mark. What is wrong is collected; an absent one and an empty one are the same. */
final class Query {
    /** What is wrong with a time that {@link EventTime} does not take. */
    static final String NO_TIME = "must be an ISO-8601 time in the years 0 to 9999";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final MultivaluedMap<String, String> parameters;
    private final List<FieldError> errors = new ArrayList<>();

    Query(UriInfo address) {
        this.parameters = address.getQueryParameters();
    }

    Optional<String> text(String name) {
        return read(
                name,
                "must not contain control characters",
                text -> Optional.of(text).filter(given -> given.chars().noneMatch(Character::isISOControl)));
    }

    Optional<Instant> time(String name) {
        return read(name, NO_TIME, EventTime::ofText);
    }

    Optional<UUID> cursor() {
        return read("cursor", "is none of ours", text -> {
            try {
                return Optional.of(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    int limit() {
        return read("limit", "must be a whole number from 1 to 1000", text -> {
                    try {
                        return Optional.of(Integer.parseInt(text)).filter(n -> n >= 1 && n <= MAX_LIMIT);
                    } catch (NumberFormatException e) {
                        return Optional.empty();
                    }
                })
                .orElse(DEFAULT_LIMIT);
    }

    /** @param parse gives empty for what is wrong, and {@code error} says so */
    <T> Optional<T> read(String name, String error, Function<String, Optional<T>> parse) {
        Optional<String> given = Optional.ofNullable(parameters.getFirst(name)).filter(text -> !text.isEmpty());
        Optional<T> value = given.flatMap(parse);
        if (given.isPresent() && value.isEmpty()) {
            errors.add(new FieldError(name, Reason.inEnglishOnly(error)));
        }
        return value;
    }

    /** @throws Invalid when anything was wrong */
    void require() {
        if (!errors.isEmpty()) {
            throw new Invalid(errors);
        }
    }
}
