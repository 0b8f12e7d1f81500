package io.decnet.webhook.errand;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.delivery.Limits;
import io.decnet.webhook.security.Actor;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
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
    PassingFaults faults;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** Deliveries of a subscription that ended in one of these states, created then or later. */
    public record Replay(UUID subscription, Instant since, Set<DeliveryState> states) {}

    /** An errand under way. Its row is written now and then; that it cannot be written keeps no step from being done. */
    private final class Way {
        private Errand errand;
        private Instant toldAt;
        private int faultsMet;
        private String lastFault = "";

        private Way(Errand errand) {
            this.errand = errand;
            this.toldAt = errand.startedAt();
        }

        private void reached(Errand now) {
            errand = now;
            Instant time = clock.instant();
            if (toldAt.plus(TOLD_EVERY).isBefore(time)) {
                toldAt = time;
                try {
                    store.progress(errand);
                } catch (RuntimeException e) {
                    met("progress", e);
                }
            }
        }

        private void met(String where, RuntimeException fault) {
            faultsMet++;
            lastFault = " last=" + where + " cause=" + (fault.getCause() == null ? fault : fault.getCause());
        }

        private void end() {
            try {
                faults.run(() -> {
                    store.progress(errand);
                    store.end(errand.id(), clock.instant());
                });
            } catch (RuntimeException e) {
                met("end", e);
            }
            LOG.log(
                    Level.INFO,
                    "errand.ended errand=" + errand.id() + " task=" + errand.task() + " who=" + errand.who() + " done="
                            + errand.done() + " refused=" + errand.refused());
            if (faultsMet > 0) {
                LOG.log(Level.WARNING, "errand.faults errand=" + errand.id() + " faults=" + faultsMet + lastFault);
            }
        }
    }

    /** One step after the other; one that fails does not keep the others from theirs. */
    @ActivateRequestContext
    public void each(Errand errand, Actor actor, List<UUID> ids) {
        caller.actFor(actor);
        Way way = new Way(errand);
        for (UUID id : ids) {
            way.reached(step(way, id));
        }
        way.end();
    }

    private Errand step(Way way, UUID id) {
        Errand errand = way.errand;
        try {
            return faults.answer(() -> step(errand.task(), id)) ? errand.did() : errand;
        } catch (NoSuchSubscription e) {
            return errand.task() == Task.DELETE ? errand.did() : errand.refused(Why.GONE);
        } catch (PassingFaults.DatabaseAway e) {
            way.met(id.toString(), e);
            return errand.refused(Why.AWAY);
        } catch (RuntimeException e) {
            way.met(id.toString(), e);
            return errand.refused(Why.FAULT);
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

    /** An active one is left alone: should it trip in this moment, nobody has asked to clear that. */
    private boolean resume(UUID id) {
        CircuitState state = state(id);
        if (state == CircuitState.PAUSED) {
            subscriptions.patch(id, SubscriptionPatch.enabled(true), Optional.empty());
        }
        return state != CircuitState.TRIPPED;
    }

    /** Never begun anew by itself: what has been delivered again by then would be once more. */
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
            way.met("replay", e);
            way.errand = way.errand.refused(e instanceof PassingFaults.DatabaseAway ? Why.AWAY : Why.FAULT);
        }
        way.end();
    }

    /**
     * Chunk by chunk while the circuit is open, and then the rest in the transaction that enables it: nothing of it is delivered. Asked for again, it
     * does what is left.
     */
    @ActivateRequestContext
    public void discard(Errand errand, Actor actor, UUID subscription) {
        caller.actFor(actor);
        Way way = new Way(errand);
        try {
            Limits.Discarded chunk;
            do {
                chunk = faults.answer(() -> deliveries.discardHeld(subscription));
                way.reached(way.errand.did(way.errand.done() + chunk.count()));
            } while (chunk.more());
            if (state(subscription) == CircuitState.ACTIVE) {
                way.errand = way.errand.refused(Why.ENABLED);
            } else {
                faults.answer(() ->
                        subscriptions.patch(subscription, SubscriptionPatch.enabledWithoutHeld(), Optional.empty()));
            }
        } catch (NoSuchSubscription e) {
            way.errand = way.errand.refused(Why.GONE);
        } catch (PassingFaults.DatabaseAway e) {
            way.met("discard", e);
            way.errand = way.errand.refused(Why.AWAY);
        } catch (RuntimeException e) {
            way.met("discard", e);
            way.errand = way.errand.refused(Why.FAULT);
        }
        way.end();
    }

    private CircuitState state(UUID id) {
        return subscriptions
                .find(id)
                .orElseThrow(() -> new NoSuchSubscription(id))
                .state();
    }
}
