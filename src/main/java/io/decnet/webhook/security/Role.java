package io.decnet.webhook.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an account may do: everything, or look. */
public enum Role {
    ADMIN,
    VIEWER;

    /** The name in the API and in the database: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> labelled(String label) {
        return Stream.of(values()).filter(role -> role.label().equals(label)).findFirst();
    }
}
