package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Which open circuits have come to hold more since their limit was last applied: counting is dear, most stand still. */
@ApplicationScoped
public class HeldBacklogs {
    /** In their order, so that one whose limit cannot be applied goes behind the others. */
    private final Set<UUID> grown = Collections.synchronizedSet(new LinkedHashSet<>());

    void grows(UUID subscription) {
        grown.add(subscription);
    }

    /** What was pending of a circuit that opens is held from then on. */
    void indexSwapped(@Observes IndexSwapped swap) {
        for (SubscriptionIndex.Entry entry : swap.after().entries()) {
            boolean wasActive = swap.before()
                    .entry(entry.id())
                    .map(before -> before.state() == CircuitState.ACTIVE)
                    .orElse(true);
            if (wasActive && entry.state() != CircuitState.ACTIVE) {
                grows(entry.id());
            }
        }
    }

    /** Another node is dead: it may not have applied the limit to what it took in last, and told nobody of that. */
    void othersGrew(Collection<SubscriptionIndex.Entry> entries) {
        for (SubscriptionIndex.Entry entry : entries) {
            if (entry.state() != CircuitState.ACTIVE) {
                grows(entry.id());
            }
        }
    }

    /** Applies the limit to each that has grown since that was last done. After a fault it and the rest are still to do. */
    void forEachGrown(Consumer<UUID> limit) {
        for (UUID subscription : List.copyOf(grown)) {
            grown.remove(subscription); // first: what comes from here on may not be seen
            try {
                limit.accept(subscription);
            } catch (RuntimeException | Error e) {
                grows(subscription);
                throw e;
            }
        }
    }
}
