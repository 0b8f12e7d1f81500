package io.decnet.webhook.delivery;

import java.sql.SQLException;
import java.util.Optional;

/** What a failed transaction means for the batch that was in it, by SQLState. */
enum StoreFault {
    /** A value the database refuses: one row of the batch is to blame. */
    BAD_ROW,
    /** A subscription was deleted or another node was first: match again. */
    OUTDATED,
    /** Everything else, above all a database that is away: the whole batch comes again. */
    UNAVAILABLE;

    static StoreFault of(Throwable thrown) {
        return sqlState(thrown).map(StoreFault::ofState).orElse(UNAVAILABLE);
    }

    static StoreFault ofState(String state) {
        return switch (state) {
            case "23502", "23513", "23514" -> BAD_ROW;
            case "23503", "23505", "23506", "40001", "40P01" -> OUTDATED;
            default -> state.startsWith("22") ? BAD_ROW : UNAVAILABLE;
        };
    }

    /** The first SQLState down the causes; of a batch, the one of the row that failed. */
    private static Optional<String> sqlState(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 32; at = at.getCause(), depth++) {
            if (at instanceof SQLException sql) {
                SQLException next = sql.getNextException();
                String state = next != null && next.getSQLState() != null ? next.getSQLState() : sql.getSQLState();
                if (state != null) {
                    return Optional.of(state);
                }
            }
        }
        return Optional.empty();
    }
}
