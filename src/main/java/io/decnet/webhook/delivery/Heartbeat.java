package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The life of this node among others: it registers, is heard every three seconds, takes what the dead have left, and
 * begins a new life when others have taken it for dead. Called by one thread.
 */
@ApplicationScoped
class Heartbeat {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());
    /** Claims nobody owns are looked for now and then also when nobody has died: a frozen node may have committed late. */
    private static final int BEATS_BETWEEN_LOOKS = 5;

    @Inject
    Nodes nodes;

    @Inject
    NodeIdentity node;

    @Inject
    Lease lease;

    @Inject
    DatabaseClock databaseClock;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Upkeep upkeep;

    private final Set<String> namesakes = new HashSet<>();
    private int sinceLooked;
    /** Nodes have died whose claims are not all given back yet. */
    private boolean buried;

    /** Registers this life and returns how many deliveries earlier ones had left. */
    int begin() {
        long begun = System.nanoTime();
        nodes.begin();
        beat(); // learns the database's time
        lease.renew(begun);
        return releaseUnowned();
    }

    /** One heartbeat, and a look at the others; true when one has died or deliveries were taken over. */
    boolean step() {
        long begun = System.nanoTime();
        try {
            if (!beat()) {
                beginAgain();
            }
        } catch (RuntimeException e) {
            lease.fail();
            throw e;
        }
        lease.renew(begun);
        return lease.judges(begun) && judge();
    }

    /** The end of this life: what it still had claimed is anybody's. */
    void end() {
        nodes.end();
        releaseUnowned();
    }

    private boolean beat() {
        long asked = System.nanoTime();
        Optional<Instant> database = nodes.heartbeat();
        Duration roundTrip = Duration.ofNanos(System.nanoTime() - asked);
        database.ifPresent(time -> databaseClock.learn(time, roundTrip));
        return database.isPresent();
    }

    private void beginAgain() {
        LOG.log(Level.WARNING, "node.taken-for-dead node={0} others deliver what it had; it goes on anew", node.name());
        node.beginAgain();
        nodes.begin();
        dispatcher.forgetClaims();
        releaseUnowned();
    }

    private boolean judge() {
        List<String> dead = nodes.buryDead();
        dead.forEach(name -> LOG.log(Level.WARNING, "node.dead node=" + name + " silent for 15 s"));
        nodes.namesakes().stream()
                .filter(namesakes::add)
                .forEach(place -> LOG.log(
                        Level.WARNING,
                        "node.namesake node=" + node.name() + " lives here (" + node.place() + ") and at " + place
                                + ": each node needs a data directory of its own, not a copy; remove the file node-id"
                                + " of one and restart it"));
        buried |= !dead.isEmpty();
        if (!buried && ++sinceLooked < BEATS_BETWEEN_LOOKS) {
            return false;
        }
        int released = releaseUnowned();
        boolean tookOver = buried || released > 0;
        buried = false;
        sinceLooked = 0;
        if (released > 0) {
            LOG.log(Level.INFO, "node.took-over deliveries=" + released);
        }
        return tookOver;
    }

    private int releaseUnowned() {
        int all = 0;
        int released;
        do {
            released = upkeep.releaseUnowned();
            all += released;
        } while (released > 0);
        return all;
    }
}
