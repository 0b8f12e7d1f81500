package io.decnet.webhook.security;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Accounts and tokens as the gate asks for them, on every request: with a word in time. A database that hangs keeps its callers for a minute and
 * more; here they wait two seconds, on a bounded number of threads of others. Safe for any thread.
 */
@ApplicationScoped
class Registry {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 32;

    @Inject
    private Accounts accounts;

    @Inject
    private Tokens tokens;

    @Resource
    private ManagedExecutorService executor;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @throws DatabaseAway when no answer comes in time */
    Optional<KnownAccount> account(String name) {
        return ask(() -> accounts.known(name));
    }

    /** @throws DatabaseAway when no answer comes in time */
    Login token(TokenText token) {
        return ask(() -> tokens.admit(token.hash()));
    }

    private <T> T ask(Supplier<T> question) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseAway(new TimeoutException("too many questions are open"));
            }
            return asked(question).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new DatabaseAway(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseAway(e);
        }
    }

    private <T> CompletableFuture<T> asked(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor).whenComplete((answer, thrown) -> places.release());
        } catch (RejectedExecutionException e) {
            places.release();
            throw new DatabaseAway(e);
        }
    }
}
