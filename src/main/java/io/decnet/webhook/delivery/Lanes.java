package io.decnet.webhook.delivery;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.subscription.SubscriptionIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lanes of all subscriptions and the memory they share: which are open, what waits in each, and what each may still
 * take. Guarded by the {@link Dispatcher}'s lock.
 */
final class Lanes {
    private final NavigableMap<UUID, Lane> lanes = new TreeMap<>();
    private final Turns turns;
    private final Memory memory;
    private final Consumer<Claim> releases;
    private UUID lastFed = new UUID(0, 0);

    /** @param releases takes the claims of what will not be attempted here */
    Lanes(Turns turns, Memory memory, Consumer<Claim> releases) {
        this.turns = turns;
        this.memory = memory;
        this.releases = releases;
    }

    Optional<Lane> of(UUID subscription) {
        return Optional.ofNullable(lanes.get(subscription));
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    /** Opens, closes or resizes the lane as the subscription is now. */
    void reconcile(SubscriptionIndex.Entry entry, boolean changed) {
        boolean active = entry.state() == CircuitState.ACTIVE;
        Lane lane = lanes.get(entry.id());
        if (lane == null) {
            lane = new Lane(entry.id());
            lanes.put(entry.id(), lane);
            if (active) {
                lane.open(entry.epoch(), entry.concurrency(), changed);
            }
        } else if (!active) {
            close(lane);
        } else if (!lane.isOpen(entry.epoch())) {
            close(lane);
            lane.open(entry.epoch(), entry.concurrency(), true);
        } else {
            lane.resize(entry.concurrency());
        }
    }

    /** Forgets the lanes of subscriptions that are gone. */
    void keepOnly(SubscriptionIndex.Snapshot snapshot) {
        lanes.values().removeIf(lane -> {
            boolean gone = snapshot.entry(lane.subscription).isEmpty();
            if (gone) {
                close(lane);
            }
            return gone;
        });
    }

    /** What waits in it goes back. */
    void close(Lane lane) {
        for (ClaimedDelivery waiting : lane.close()) {
            memory.give(lane, waiting.weight());
            releases.accept(waiting.asClaim());
        }
        turns.left(lane);
    }

    /** The claims so far are others' by now: open lanes begin with what the table has. */
    void forgetClaims() {
        lanes.values().stream().filter(Lane::isOpen).forEach(lane -> {
            long epoch = lane.epoch();
            close(lane);
            lane.reopen(epoch);
        });
    }

    /** Sets a place aside; see {@link Dispatcher#reserve}. */
    boolean reserve(SubscriptionIndex.Entry entry, long weight, Reservations reservations) {
        Lane lane = lanes.get(entry.id());
        if (lane == null) {
            return false;
        }
        boolean reserved = lane.reserve(lane.isOpen(entry.epoch()) && weight <= memory.room(lane, turns.busy()));
        if (reserved) {
            memory.take(lane, weight);
        } else {
            reservations.unclaimed.add(entry.id());
        }
        return reserved;
    }

    /** Its row is there: it takes the place that was set aside for it, or goes back when the lane has closed. */
    void take(ClaimedDelivery delivery) {
        Lane lane = lanes.get(delivery.subscription());
        if (lane != null && lane.isOpen()) {
            lane.unreserve();
            enqueue(lane, delivery);
        } else {
            giveUp(delivery);
            releases.accept(delivery.asClaim());
        }
    }

    /** The place that was set aside for it is free again. */
    void giveUp(ClaimedDelivery delivery) {
        Lane lane = lanes.get(delivery.subscription());
        if (lane == null) { // gone, with its subscription
            memory.give(delivery.weight());
        } else {
            memory.give(lane, delivery.weight());
            lane.unreserve();
        }
    }

    /** Inserts that found no place have been committed or rolled back. */
    void endUnclaimed(Collection<UUID> subscriptions) {
        subscriptions.forEach(id -> of(id).ifPresent(Lane::unclaimedInsertEnded));
    }

    /** The attempt is over; its lane may go on. */
    void landed(Flight flight, boolean succeeded) {
        turns.landed(flight, succeeded);
        memory.give(flight.lane, flight.delivery.weight());
    }

    private void enqueue(Lane lane, ClaimedDelivery delivery) {
        lane.add(delivery);
        turns.joined(lane);
    }

    /** What each open lane knows of the table, as {@link Lane#news}. */
    Map<UUID, Long> news() {
        return lanes.values().stream()
                .filter(Lane::isOpen)
                .collect(Collectors.toMap(lane -> lane.subscription, Lane::news));
    }

    /** The table as a whole was looked at, after the lanes had these news. Lanes it does not name have nothing there. */
    void surveyed(Map<UUID, Long> asOf, Collection<ClaimStore.Survey> rows) {
        Map<UUID, ClaimStore.Survey> found =
                rows.stream().collect(Collectors.toMap(ClaimStore.Survey::subscription, Function.identity()));
        asOf.forEach((id, news) -> of(id).filter(Lane::isOpen).ifPresent(lane -> {
            ClaimStore.Survey row = found.getOrDefault(id, new ClaimStore.Survey(id, false, Instant.MAX));
            lane.fed(!row.firsts(), row.nextRetry(), news);
            if (row.firsts()) {
                lane.spill();
            }
        }));
    }

    /** Whether a lane wants something from the table, be there room for it or not. */
    boolean anyWants(Instant now) {
        return lanes.values().stream().anyMatch(lane -> lane.wantedRetries(now) > 0 || lane.wantedFirsts() > 0);
    }

    /**
     * What the next lanes want from the table and have room for: they take turns, so none has to wait for others that always want. What is more than
     * retries is wanted alone. The room is kept for each until they are fed, or not ({@link #notFed}), or this is called again.
     *
     * @param most so many at most
     */
    List<Want> nextWants(Instant now, int most) {
        memory.setAside(0);
        List<Want> wants = new ArrayList<>();
        long bytes = 0;
        boolean alone = false;
        for (Iterator<Lane> turn = fromNext().iterator(); turn.hasNext() && wants.size() < most && !alone; ) {
            Optional<Want> want = want(turn.next(), now);
            alone = want.filter(found -> found.firsts() > 0).isPresent();
            if (want.isPresent() && (wants.isEmpty() || !alone)) {
                wants.add(want.get());
                bytes += want.get().bytes();
                memory.setAside(bytes);
            }
        }
        return wants;
    }

    /** These could not be fed. Of one alone its turn is over; several are asked again, from the first. */
    void notFed(List<Want> wants) {
        memory.setAside(0);
        if (wants.size() == 1) {
            lastFed = wants.get(0).subscription();
        }
    }

    /** Each lane once, beginning after the one that was fed last. */
    private Stream<Lane> fromNext() {
        return Stream.concat(
                lanes.tailMap(lastFed, false).values().stream(), lanes.headMap(lastFed, true).values().stream());
    }

    private Optional<Want> want(Lane lane, Instant now) {
        int retries = lane.wantedRetries(now);
        int firsts = lane.wantedFirsts();
        long room = firsts == 0 ? 0 : memory.grant(lane, turns.busy());
        if (room > 0) {
            return Optional.of(new Want(lane.subscription, lane.epoch(), retries, firsts, room, lane.news()));
        }
        // However much waits: a place is kept for each of them, which only they can free.
        long roomForRetries = retries == 0 ? 0 : memory.grantForRetries();
        return roomForRetries == 0
                ? Optional.empty()
                : Optional.of(new Want(lane.subscription, lane.epoch(), retries, 0, roomForRetries, lane.news()));
    }

    /**
     * What the table gave to each, as far as it came; all of it goes back when the lane has closed meanwhile.
     *
     * @param feeds of the first of these; the next turn is that of the first who got none
     */
    void feed(List<Want> wants, List<Feed> feeds) {
        memory.setAside(0);
        for (int i = 0; i < feeds.size(); i++) {
            feed(wants.get(i), feeds.get(i));
            lastFed = wants.get(i).subscription();
        }
    }

    private void feed(Want want, Feed feed) {
        Lane lane = lanes.get(want.subscription());
        if (lane == null || !lane.isOpen(want.epoch())) {
            feed.claimed().forEach(delivery -> releases.accept(delivery.asClaim()));
            return;
        }
        for (ClaimedDelivery delivery : feed.claimed()) {
            memory.take(lane, delivery.weight());
            enqueue(lane, delivery);
        }
        lane.fed(want.firsts() > 0 && feed.drained(), feed.nextRetry(), want.news());
    }
}
