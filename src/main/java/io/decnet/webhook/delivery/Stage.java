package io.decnet.webhook.delivery;

/**
 * Where a delivery's row stands. A claimed row belongs to one life of one node; {@code held} is no stage: it is an
 * unfinished row whose circuit is open.
 */
public enum Stage {
    NEW(0),
    RETRY(1),
    CLAIMED(2),
    DELIVERED(10),
    FAILED(11),
    DISCARDED(12);

    /** What a stage is compared to: not ended. */
    static final String UNFINISHED = "< 10";
    /** What a stage is compared to: not ended, and claimed by nobody. */
    static final String WAITING = "< 2";

    private final int code;

    Stage(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    boolean finished() {
        return code >= DELIVERED.code;
    }

    static Stage of(int code) {
        for (Stage stage : values()) {
            if (stage.code == code) {
                return stage;
            }
        }
        throw new IllegalArgumentException("no delivery stage has the code " + code);
    }
}
