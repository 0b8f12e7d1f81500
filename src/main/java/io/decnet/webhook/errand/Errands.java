package io.decnet.webhook.errand;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.security.Actor;
import io.decnet.webhook.security.Caller;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Starts errands for the caller of the request in hand, who must be allowed to, and tells how they stand. Safe for any thread. */
@ApplicationScoped
public class Errands {
    private static final System.Logger LOG = System.getLogger(Errands.class.getName());
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration LATELY = Duration.ofDays(1);

    @Resource
    ManagedExecutorService executor;

    @Inject
    ErrandStore store;

    @Inject
    ErrandRun run;

    @Inject
    Deliveries deliveries;

    @Inject
    Caller caller;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /** An errand that has begun. */
    public record Begun(UUID id, Future<?> end) {
        /** Waits so long at most for its end; a short one need not be watched. */
        public void await(Duration patience) {
            try {
                end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // Its row says how it stands.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does this with each of these subscriptions, in this order. */
    public Begun each(Task task, List<UUID> subscriptions) {
        return begin(
                task,
                "",
                OptionalInt.of(subscriptions.size()),
                (errand, actor) -> run.each(errand, actor, subscriptions));
    }

    /** Re-opens deliveries of the subscription of that name; see {@link io.decnet.webhook.delivery.Deliveries#replay}. */
    public Begun replay(ErrandRun.Replay wish, String name) {
        return begin(Task.REPLAY, name, OptionalInt.empty(), (errand, actor) -> run.replay(errand, actor, wish));
    }

    /** Enables the subscription of that name without what it holds. */
    public Begun discard(UUID subscription, String name) {
        long held = deliveries
                .backlogs(List.of(subscription))
                .getOrDefault(subscription, Backlog.NONE)
                .held();
        return begin(
                Task.DISCARD,
                name,
                OptionalInt.of((int) held),
                (errand, actor) -> run.discard(errand, actor, subscription));
    }

    private Begun begin(Task task, String subject, OptionalInt size, BiConsumer<Errand, Actor> work) {
        Actor actor = caller.actor();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Errand errand = new Errand(
                ids.next(), task, subject, actor.who(), now, false, Optional.empty(), size, 0, 0, Optional.empty());
        store.forget(now.minus(KEPT));
        store.insert(errand);
        return new Begun(errand.id(), submit(errand, () -> work.accept(errand, actor)));
    }

    private Future<?> submit(Errand errand, Runnable work) {
        try {
            return executor.submit(() -> carryOut(errand, work));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "errand.rejected errand=" + errand.id() + " reason=" + e.getMessage());
            store.progress(errand.refused(Why.BUSY));
            store.end(errand.id(), clock.instant());
            return CompletableFuture.completedFuture(errand);
        }
    }

    private static void carryOut(Errand errand, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // Nobody asks the future for it.
            LOG.log(Level.WARNING, "errand.failed errand=" + errand.id(), e);
        }
    }

    public Optional<Errand> find(UUID id) {
        return store.find(id);
    }

    /** Those of the last day, newest first. */
    public List<Errand> lately() {
        return store.since(clock.instant().minus(LATELY));
    }
}
