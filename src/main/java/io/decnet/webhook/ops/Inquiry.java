package io.decnet.webhook.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question to something that may hang. It is asked on another thread, never twice at once, and waited for briefly; the answer is kept for a
 * second. So whoever asks gets a word in time, and asking often costs no more than asking once. Safe for any thread.
 */
final class Inquiry<T> {
    private static final Duration FRESH = Duration.ofSeconds(1);
    /** A pause of the machine must not look like a fault: so long the last answer stands while the next one is late. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Supplier<T> question;
    private final Executor executor;
    private final Clock clock;
    private final Duration patience;

    private CompletableFuture<T> asked = CompletableFuture.failedFuture(new TimeoutException("not asked yet"));
    private Instant answeredAt = Instant.MIN;
    private Optional<T> last = Optional.empty();

    Inquiry(Supplier<T> question, Executor executor, Clock clock, Duration patience) {
        this.question = question;
        this.executor = executor;
        this.clock = clock;
        this.patience = patience;
    }

    /** The answer, at most a second old; empty when none comes in time. */
    Optional<T> answer() {
        try {
            return Optional.of(current().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return recent();
        } catch (ExecutionException | RejectedExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<T> current() {
        if (asked.isDone() && !answeredAt.plus(FRESH).isAfter(clock.instant())) {
            asked = CompletableFuture.supplyAsync(question, executor).thenApply(this::keep);
        }
        return asked;
    }

    private synchronized T keep(T answer) {
        last = Optional.of(answer);
        answeredAt = clock.instant();
        return answer;
    }

    private synchronized Optional<T> recent() {
        return answeredAt.plus(GRACE).isAfter(clock.instant()) ? last : Optional.empty();
    }
}
