package io.decnet.webhook.admin;

import java.util.Optional;

/** What the form of a webhook can ask of its circuit. */
public enum CircuitWish {
    KEEP(Optional.empty()),
    ENABLE(Optional.of(true)),
    ENABLE_DISCARD(Optional.of(true)),
    PAUSE(Optional.of(false));

    private final Optional<Boolean> enabled;

    CircuitWish(Optional<Boolean> enabled) {
        this.enabled = enabled;
    }

    Optional<Boolean> enabled() {
        return enabled;
    }

    boolean discardsHeld() {
        return this == ENABLE_DISCARD;
    }
}
