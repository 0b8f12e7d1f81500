package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of the database, which all nodes share: what one of them writes as due is due for the others. Learnt with
 * each heartbeat, in between told by this machine's clock. Safe for any thread.
 */
@ApplicationScoped
class DatabaseClock {
    @Inject
    Clock local;

    private volatile Duration ahead = Duration.ZERO;

    Instant instant() {
        return local.instant().plus(ahead);
    }

    /** The database said this between two moments of this machine's clock; within them both clocks agree. */
    void learn(Instant database, Instant asked, Instant answered) {
        if (database.isBefore(asked)) {
            ahead = Duration.between(asked, database);
        } else if (database.isAfter(answered)) {
            ahead = Duration.between(answered, database);
        } else {
            ahead = Duration.ZERO;
        }
    }
}
