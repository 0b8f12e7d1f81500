package io.decnet.webhook.admin;

import java.util.Optional;

/** What the form of a webhook can ask of its circuit. */
public enum CircuitWish {
    KEEP(Optional.empty()),
    ENABLE(Optional.of(true)),
    /** Not at once, as what is held may be much: an errand discards it and then enables the circuit. */
    ENABLE_DISCARD(Optional.empty()),
    PAUSE(Optional.of(false));

    private final Optional<Boolean> enabled;

    CircuitWish(Optional<Boolean> enabled) {
        this.enabled = enabled;
    }

    Optional<Boolean> enabled() {
        return enabled;
    }
}
