package io.decnet.webhook.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Repeats a transaction that met a fault of the database which passes by itself: a deadlock, a serialization failure, a
 * connection that broke, a server that restarts. Only for callers that are in no transaction. A CDI bean, because the
 * container's retry does not apply to EJBs.
 */
@ApplicationScoped
public class PassingFaults {
    private static final int DEPTH = 32;
    private static final Set<String> PASSING = Set.of(
            "40001", "40P01", "57P01", "57P02", "57P03", // rolled back by the server
            "90007", "90067", "90098", "90121"); // H2: the connection or its server is gone

    /** The database could not do it, also not when asked again. */
    public static final class DatabaseAway extends RuntimeException {
        private static final long serialVersionUID = 1;

        DatabaseAway(RuntimeException cause) {
            super("the database cannot do this now", cause);
        }
    }

    /**
     * Calls a transaction of its own, at most four times.
     *
     * @throws DatabaseAway when the fault has not passed
     */
    @Retry(maxRetries = 3, delay = 200, jitter = 100, retryOn = DatabaseAway.class)
    public <T> T answer(Supplier<T> transaction) {
        return once(transaction);
    }

    /** The same for a transaction that answers nothing. */
    @Retry(maxRetries = 3, delay = 200, jitter = 100, retryOn = DatabaseAway.class)
    public void run(Runnable transaction) {
        once(() -> {
            transaction.run();
            return true;
        });
    }

    private static <T> T once(Supplier<T> transaction) {
        try {
            return transaction.get();
        } catch (RuntimeException e) {
            throw passes(e) ? new DatabaseAway(e) : e;
        }
    }

    /** Whether the database is away, or let go of the transaction, and may do it the next time. */
    public static boolean passes(Throwable thrown) {
        return Stream.iterate(Optional.of(thrown), Optional::isPresent, at -> at.map(Throwable::getCause))
                .limit(DEPTH)
                .flatMap(Optional::stream)
                .filter(SQLException.class::isInstance)
                .map(fault -> Optional.ofNullable(((SQLException) fault).getSQLState())
                        .orElse(""))
                .anyMatch(state -> state.startsWith("08") || PASSING.contains(state));
    }
}
