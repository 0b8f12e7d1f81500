package io.decnet.webhook.admin;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of an enum as they stand in addresses. */
final class Choice {
    private Choice() {}

    /** In any case of letters; empty for what is none of them. */
    static <T extends Enum<T>> Optional<T> of(Class<T> type, @Nullable String text) {
        return Stream.of(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
