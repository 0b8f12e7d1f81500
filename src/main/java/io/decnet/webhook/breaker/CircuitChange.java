package io.decnet.webhook.breaker;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A circuit has changed its state; fired inside the transaction of the change.
 *
 * @param epoch the epoch that begins with the change
 * @param consecutiveFailures the count that led to a trip; for a recovery the count before it was cleared
 * @param lastError likewise
 */
public record CircuitChange(
        UUID subscription,
        String name,
        Kind kind,
        long epoch,
        int consecutiveFailures,
        Optional<String> lastError,
        Instant at) {

    /** What happened: {@code RECOVERED} leads from tripped to active, {@code ENABLED} from paused to active. */
    public enum Kind {
        TRIPPED,
        RECOVERED,
        ENABLED,
        PAUSED
    }
}
