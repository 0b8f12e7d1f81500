package io.decnet.webhook.tally;

/** How many of each {@link Kind}. */
public record Counts(long delivered, long retried, long failed, long held) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    static Counts one(Kind kind) {
        return NONE.plus(kind, 1);
    }

    Counts plus(Kind kind, long more) {
        return switch (kind) {
            case DELIVERED -> new Counts(delivered + more, retried, failed, held);
            case RETRIED -> new Counts(delivered, retried + more, failed, held);
            case FAILED -> new Counts(delivered, retried, failed + more, held);
            case HELD -> new Counts(delivered, retried, failed, held + more);
        };
    }

    public Counts plus(Counts other) {
        return new Counts(
                delivered + other.delivered, retried + other.retried, failed + other.failed, held + other.held);
    }

    public long of(Kind kind) {
        return switch (kind) {
            case DELIVERED -> delivered;
            case RETRIED -> retried;
            case FAILED -> failed;
            case HELD -> held;
        };
    }

    public long total() {
        return delivered + retried + failed + held;
    }
}
