package io.decnet.webhook.admin;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as they stand in addresses. */
final class Ids {
    private Ids() {}

    /** Empty for what is no id. */
    static Optional<UUID> parse(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
