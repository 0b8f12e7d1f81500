package io.decnet.webhook.admin;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What readers type into fields. */
final class Fields {
    private Fields() {}

    /** Without the white space around it; empty for a field that was not sent. */
    static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    static Optional<String> given(@Nullable String value) {
        return Optional.of(text(value)).filter(text -> !text.isEmpty());
    }

    /** The lines that are not blank. */
    static List<String> lines(@Nullable String value) {
        return text(value)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
