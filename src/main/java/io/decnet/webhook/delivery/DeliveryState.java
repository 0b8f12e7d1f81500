package io.decnet.webhook.delivery;

import java.util.Locale;
import java.util.Optional;

/** What an operator is told of a delivery. {@code HELD} is an unfinished one whose circuit is open. */
public enum DeliveryState {
    PENDING("= 'active'", Stage.UNFINISHED),
    HELD("<> 'active'", Stage.UNFINISHED),
    DELIVERED("", "= " + Stage.DELIVERED.code()),
    FAILED("", "= " + Stage.FAILED.code()),
    DISCARDED("", "= " + Stage.DISCARDED.code());

    private final String circuit;
    private final String stages;

    DeliveryState(String circuit, String stages) {
        this.circuit = circuit;
        this.stages = stages;
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

    /** What their stage must be compared to: one range of codes, so that an index which has the stage second can be searched by it. */
    String stages() {
        return stages;
    }

    /** What the state of the circuit must be compared to; empty when it may be any. */
    Optional<String> circuit() {
        return Optional.of(circuit).filter(text -> !text.isEmpty());
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
