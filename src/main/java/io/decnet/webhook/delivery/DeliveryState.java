package io.decnet.webhook.delivery;

import java.util.Locale;
import java.util.Optional;

/** What an operator is told of a delivery. {@code HELD} is an unfinished one whose circuit is open. */
public enum DeliveryState {
    PENDING("d.stage IN (0, 1, 2) AND c.state = 'active'"),
    HELD("d.stage IN (0, 1, 2) AND c.state <> 'active'"),
    DELIVERED("d.stage = 10"),
    FAILED("d.stage = 11"),
    DISCARDED("d.stage = 12");

    private final String condition;

    DeliveryState(String condition) {
        this.condition = condition;
    }

    /** The name in the API: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that label; empty when there is none. */
    public static Optional<DeliveryState> labelled(String label) {
        for (DeliveryState state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether a delivery in this state has ended, and so may be replayed. */
    public boolean isFinished() {
        return this != PENDING && this != HELD;
    }

    String condition() {
        return condition;
    }

    static DeliveryState of(Stage stage, boolean circuitActive) {
        return switch (stage) {
            case NEW, RETRY, CLAIMED -> circuitActive ? PENDING : HELD;
            case DELIVERED -> DELIVERED;
            case FAILED -> FAILED;
            case DISCARDED -> DISCARDED;
        };
    }
}
