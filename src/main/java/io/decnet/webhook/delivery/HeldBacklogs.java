package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.subscription.IndexSwapped;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Which open circuits have come to hold more since their limit was last applied: counting is dear, most stand still. */
@ApplicationScoped
public class HeldBacklogs {
    private final Set<UUID> grown = ConcurrentHashMap.newKeySet();

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

    /** Those that have grown since the last call. */
    Set<UUID> takeGrown() {
        Set<UUID> taken = Set.copyOf(grown);
        grown.removeAll(taken);
        return taken;
    }
}
