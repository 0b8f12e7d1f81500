package io.decnet.webhook.delivery;

import java.util.HashSet;
import java.util.Set;

/**
 * The attempts on the wire, and the two budgets of the same size they draw from: an attempt starts in the fast one and
 * is moved to the slow one when it takes long. Guarded by the {@link Dispatcher}'s lock.
 */
final class Slots {
    private final int budget;
    private final Set<Flight> flights = new HashSet<>();
    private int fast;
    private int slow;

    Slots(int budget) {
        this.budget = budget;
    }

    boolean hasFree() {
        return fast < budget;
    }

    /** What each of so many lanes may take of either budget. */
    int share(int lanes) {
        return Math.max(1, budget / Math.max(1, lanes));
    }

    Flight take(ClaimedDelivery delivery, Lane lane, long nanos) {
        Flight flight = new Flight(delivery, lane, nanos);
        fast++;
        flights.add(flight);
        return flight;
    }

    void free(Flight flight) {
        if (!flights.remove(flight)) {
            throw new IllegalStateException("this attempt has ended before: " + flight.delivery.id());
        }
        if (flight.slow) {
            slow--;
        } else {
            fast--;
        }
    }

    /** Moves what started before then to the slow budget, as long as that has room. */
    void moveAside(long startedBeforeNanos) {
        for (Flight flight : flights) {
            if (!flight.slow && flight.startedNanos - startedBeforeNanos < 0 && slow < budget) {
                flight.slow = true;
                fast--;
                slow++;
                flight.lane.becameSlow();
            }
        }
    }

    int inFlight() {
        return flights.size();
    }
}
