package io.decnet.webhook.delivery;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a failed transaction means for the batch that was in it, by SQLState. */
enum StoreFault {
    /** A value the database refuses: one row of the batch is to blame. */
    BAD_ROW,
    /** A subscription was deleted or another node was first: match again. */
    OUTDATED,
    /** Everything else, above all a database that is away: the whole batch comes again. */
    UNAVAILABLE;

    private static final int MAX_DEPTH = 32;

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

    /** Whether the database had a part in it: a fault of the program's own does not pass by itself. */
    static boolean isOfDatabase(Throwable thrown) {
        return causes(thrown).anyMatch(SQLException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, at -> at != null, Throwable::getCause).limit(MAX_DEPTH);
    }

    /** The first SQLState down the causes; of a batch, the one of the row that failed. */
    private static Optional<String> sqlState(Throwable thrown) {
        return causes(thrown)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .flatMap(sql -> Stream.of(Optional.ofNullable(sql.getNextException()), Optional.of(sql)))
                .flatMap(Optional::stream)
                .map(SQLException::getSQLState)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
