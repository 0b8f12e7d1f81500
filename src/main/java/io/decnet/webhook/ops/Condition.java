package io.decnet.webhook.ops;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * Whether something we depend on works. Health is open to everybody, so an answer says only up or down; what is wrong is in the log, once for each
 * change.
 */
final class Condition {
    private static final System.Logger LOG = System.getLogger(Condition.class.getName());
    // Two of them are asked in turn, and a probe should have its answer within two seconds.
    private static final Duration PATIENCE = Duration.ofMillis(900);

    private final String name;
    private final Inquiry<Optional<String>> problem;
    private boolean up = true;

    /** @param problem says what is wrong, if anything */
    Condition(String name, Supplier<Optional<String>> problem, Executor executor, Clock clock) {
        this.name = name;
        this.problem = new Inquiry<>(problem, executor, clock, PATIENCE);
    }

    HealthCheckResponse response() {
        var found = problem.answer().orElse(Optional.of("no answer within " + PATIENCE.toMillis() + " ms"));
        report(found);
        return new HealthCheckResponse(name, found.isEmpty() ? Status.UP : Status.DOWN, Optional.empty());
    }

    private synchronized void report(Optional<String> found) {
        if (found.isPresent() && up) {
            LOG.log(Level.WARNING, "health.down check=" + name + " reason=" + found.get());
        } else if (found.isEmpty() && !up) {
            LOG.log(Level.INFO, "health.up check=" + name);
        }
        up = found.isEmpty();
    }
}
