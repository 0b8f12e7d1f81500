package io.decnet.webhook.errand;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.security.Actor;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The work of an errand, on a thread that has no request: it gets a context of its own, in which its steps are the operator's. */
@ApplicationScoped
public class ErrandRun {
    private static final System.Logger LOG = System.getLogger(ErrandRun.class.getName());
    private static final Duration TOLD_EVERY = Duration.ofMillis(500);

    @Inject
    Subscriptions subscriptions;

    @Inject
    Deliveries deliveries;

    @Inject
    ErrandStore store;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** Deliveries of a subscription that ended in one of these states, created then or later. */
    public record Replay(UUID subscription, Instant since, Set<DeliveryState> states) {}

    /** An errand under way; its row is written now and then. */
    private final class Way {
        private Errand errand;
        private Instant toldAt;

        private Way(Errand errand) {
            this.errand = errand;
            this.toldAt = errand.startedAt();
        }

        private void reached(Errand now) {
            errand = now;
            Instant time = clock.instant();
            if (toldAt.plus(TOLD_EVERY).isBefore(time)) {
                store.progress(errand, time);
                toldAt = time;
            }
        }

        private void end() {
            store.progress(errand, clock.instant());
            store.end(errand.id(), clock.instant());
            LOG.log(
                    Level.INFO,
                    "errand.ended errand=" + errand.id() + " task=" + errand.task() + " who=" + errand.who() + " done="
                            + errand.done() + " refused=" + errand.refused());
        }
    }

    /** One step after the other; one that fails does not keep the others from theirs. */
    @ActivateRequestContext
    public void each(Errand errand, Actor actor, List<UUID> ids) {
        caller.actFor(actor);
        Way way = new Way(errand);
        for (UUID id : ids) {
            way.reached(step(way.errand, id));
        }
        way.end();
    }

    private Errand step(Errand errand, UUID id) {
        try {
            return step(errand.task(), id) ? errand.did() : errand;
        } catch (NoSuchSubscription e) {
            return errand.task() == Task.DELETE ? errand.did() : errand.refused("deleted meanwhile");
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "errand.step-failed errand=" + errand.id() + " subscription=" + id, e);
            return errand.refused(String.valueOf(e.getMessage()));
        }
    }

    /** False when there was nothing to do. */
    private boolean step(Task task, UUID id) {
        switch (task) {
            case PAUSE -> subscriptions.patch(id, SubscriptionPatch.enabled(false), Optional.empty());
            case ENABLE -> subscriptions.patch(id, SubscriptionPatch.enabled(true), Optional.empty());
            case DELETE -> subscriptions.delete(id);
            default -> {
                return resume(id);
            }
        }
        return true;
    }

    private boolean resume(UUID id) {
        boolean tripped = subscriptions
                        .find(id)
                        .orElseThrow(() -> new NoSuchSubscription(id))
                        .state()
                == CircuitState.TRIPPED;
        if (!tripped) {
            subscriptions.patch(id, SubscriptionPatch.enabled(true), Optional.empty());
        }
        return !tripped;
    }

    /** Chunk by chunk. */
    @ActivateRequestContext
    public void replay(Errand errand, Actor actor, Replay wish) {
        caller.actFor(actor);
        Way way = new Way(errand);
        try {
            deliveries.replay(
                    wish.subscription(),
                    Optional.of(wish.since()),
                    Optional.empty(),
                    wish.states(),
                    reopened -> way.reached(way.errand.did(reopened)));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "errand.step-failed errand=" + errand.id(), e);
            way.errand = way.errand.refused(String.valueOf(e.getMessage()));
        }
        way.end();
    }
}
