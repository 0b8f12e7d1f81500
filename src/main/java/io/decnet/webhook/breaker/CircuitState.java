package io.decnet.webhook.breaker;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether deliveries go out, and if not, who stopped them: an operator (paused) or the breaker (tripped). */
public enum CircuitState {
    ACTIVE,
    PAUSED,
    TRIPPED;

    /** The name in the API and in the database: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CircuitState> labelled(String label) {
        return Stream.of(values()).filter(state -> state.label().equals(label)).findFirst();
    }
}
