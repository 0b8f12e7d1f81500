package io.decnet.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Ids of version 7 begin with the time they were made at: so whatever goes by id goes by time. */
final class IdsByTime {
    static final UUID LEAST = new UUID(0, 0);

    /** Ids are made at about the time of creation, by the clock of a node; so much it may differ from the database's. */
    private static final Duration SLACK = Duration.ofHours(1);

    private IdsByTime() {}

    /** No delivery created then or later has a smaller id. */
    static UUID earliest(Instant createdAt) {
        return bound(createdAt.minus(SLACK));
    }

    /** Every delivery created before then has a smaller id. */
    static UUID latest(Instant createdBefore) {
        return bound(createdBefore.plus(SLACK));
    }

    private static UUID bound(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }
}
