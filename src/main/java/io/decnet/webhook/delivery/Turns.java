package io.decnet.webhook.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose turn it is: lanes that may be able to start something go round in a ring, and each takes at most its share of
 * the slots, so forty receivers that start to hang together hold others up only until their attempts are moved aside.
 * Guarded by the {@link Dispatcher}'s lock.
 */
final class Turns {
    private final Slots slots;
    private final Set<Lane> ring = new LinkedHashSet<>();
    /** Lanes with work: their number decides the shares. */
    private final Set<Lane> busy = new HashSet<>();

    Turns(Slots slots) {
        this.slots = slots;
    }

    int busy() {
        return busy.size();
    }

    int inFlight() {
        return slots.inFlight();
    }

    /** Something has come to wait in it. */
    void joined(Lane lane) {
        busy.add(lane);
        ring.add(lane);
    }

    /** It may start again, if something waits in it. */
    void again(Lane lane) {
        if (lane.hasWaiting()) {
            ring.add(lane);
        }
    }

    /** Nothing waits in it any more. */
    void left(Lane lane) {
        ring.remove(lane);
        settle(lane);
    }

    /** The attempt is over: its slot is free. */
    void landed(Flight flight, boolean succeeded) {
        slots.free(flight);
        flight.lane.finished(flight.slow, succeeded);
        settle(flight.lane);
    }

    private void settle(Lane lane) {
        if (!lane.hasWork()) {
            busy.remove(lane);
        }
    }

    /** Moves what started before then to the slow budget. */
    void moveAside(long startedBeforeNanos) {
        slots.moveAside(startedBeforeNanos);
    }

    /** Takes from the lanes in turn while there are slots. A lane that may not start now leaves the ring. */
    List<Flight> next(long nanos) {
        List<Flight> starts = new ArrayList<>();
        int share = slots.share(busy.size());
        while (slots.hasFree() && !ring.isEmpty()) {
            Lane lane = ring.iterator().next();
            ring.remove(lane);
            lane.start(share, share).ifPresent(delivery -> {
                starts.add(slots.take(delivery, lane, nanos));
                again(lane);
            });
        }
        return starts;
    }
}
