package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Claims of deliveries this node will not attempt now, on their way back into the table. Safe for any thread. */
@ApplicationScoped
class Releases {
    private final Queue<Claim> waiting = new ConcurrentLinkedQueue<>();

    void add(Claim claim) {
        waiting.add(claim);
    }

    /** They could not be given back yet. */
    void addAll(Collection<Claim> claims) {
        waiting.addAll(claims);
    }

    /** So many at most, those that came first. Called by one thread. */
    List<Claim> take(int most) {
        List<Claim> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }
}
