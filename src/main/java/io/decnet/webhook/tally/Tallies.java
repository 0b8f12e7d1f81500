package io.decnet.webhook.tally;

import io.decnet.webhook.config.Ids;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Counts what this node does, in memory; {@link #keep} brings the counts into the table. While the table is away an hour
 * of minutes waits here, the oldest go first. Safe for any thread; {@code keep} by one at a time.
 */
@ApplicationScoped
public class Tallies {
    private static final int MOST_MINUTES = 60;
    /** So many rows of subscriptions are written at once; more of them once a minute. */
    private static final int FEW = 200;

    /** Who counts has looked at the clock before: so long a minute that is over may still get more. */
    private static final Duration LATE_AT_MOST = Duration.ofMinutes(5);

    private static final Duration HOURS_KEPT_EVERY = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(25);

    @Inject
    TallyStore store;

    @Inject
    Ids ids;

    private final TreeMap<Instant, Minute> minutes = new TreeMap<>();
    /** Minutes as they stand in the table. */
    private final Map<Instant, Minute> written = new HashMap<>();

    private Map<Hour, Counts> hours = new HashMap<>();
    private UUID writer = new UUID(0, 0);
    private long counted;
    private Instant hoursKeptAt = Instant.MIN;
    private Instant forgottenAt = Instant.MIN;

    /** One hour of one subscription. */
    record Hour(UUID subscription, Instant at) {}

    @PostConstruct
    void begin() {
        writer = ids.next();
    }

    /** An event came in. */
    public synchronized void event(Instant now) {
        count(now, Minute::withEvent);
    }

    /** A delivery of this subscription came to this. */
    public synchronized void count(UUID subscription, Kind kind, Instant now) {
        count(now, minute -> minute.with(kind));
        hours.merge(new Hour(subscription, now.truncatedTo(ChronoUnit.HOURS)), Counts.one(kind), Counts::plus);
    }

    /** An attempt was so long on the wire. */
    public synchronized void attempt(Duration took, Instant now) {
        count(now, minute -> minute.withAttempt(took));
    }

    /** A delivery arrived so long after its event. */
    public synchronized void delivery(Duration sinceEvent, Instant now) {
        count(now, minute -> minute.withDelivery(sinceEvent.isNegative() ? Duration.ZERO : sinceEvent));
    }

    private void count(Instant now, UnaryOperator<Minute> more) {
        Instant at = now.truncatedTo(ChronoUnit.MINUTES);
        minutes.put(at, more.apply(minutes.getOrDefault(at, Minute.empty(at))));
        counted++;
        if (minutes.size() > MOST_MINUTES) {
            minutes.pollFirstEntry();
        }
    }

    /** How much was counted since the start: tells whether anything has happened. */
    public synchronized long counted() {
        return counted;
    }

    /** Brings into the table what was counted since, and removes from it what is older than a day. */
    public void keep(Instant now) {
        keepMinutes(now);
        Map<Hour, Counts> kept = takeHours(now);
        try {
            store.add(sorted(kept));
        } catch (RuntimeException e) {
            giveBack(kept);
            throw e;
        }
        if (forgottenAt.isBefore(now.truncatedTo(ChronoUnit.HOURS))) {
            store.forget(now.minus(FORGOTTEN_AFTER));
            forgottenAt = now;
        }
    }

    private void keepMinutes(Instant now) {
        List<Minute> changed = changed();
        store.write(writer, changed);
        forget(changed, now.minus(LATE_AT_MOST).truncatedTo(ChronoUnit.MINUTES));
    }

    private synchronized List<Minute> changed() {
        return minutes.values().stream()
                .filter(minute -> !minute.equals(written.get(minute.at())))
                .toList();
    }

    /** Those before that stand in the table as they are: counted on from none, they would overwrite what stands there. */
    private synchronized void forget(List<Minute> kept, Instant before) {
        kept.forEach(minute -> written.put(minute.at(), minute));
        written.values().stream()
                .filter(minute -> minute.at().isBefore(before))
                .forEach(minute -> minutes.remove(minute.at(), minute));
        written.keySet().retainAll(minutes.keySet());
    }

    private synchronized Map<Hour, Counts> takeHours(Instant now) {
        boolean due = hours.size() <= FEW || !hoursKeptAt.plus(HOURS_KEPT_EVERY).isAfter(now);
        if (!due) {
            return Map.of();
        }
        Map<Hour, Counts> taken = hours;
        hours = new HashMap<>();
        hoursKeptAt = now;
        return taken;
    }

    private synchronized void giveBack(Map<Hour, Counts> taken) {
        taken.forEach((hour, counts) -> hours.merge(hour, counts, Counts::plus));
    }

    /** All nodes lock rows in this order. */
    private static SortedMap<Hour, Counts> sorted(Map<Hour, Counts> kept) {
        SortedMap<Hour, Counts> sorted =
                new TreeMap<>(java.util.Comparator.comparing(Hour::subscription).thenComparing(Hour::at));
        sorted.putAll(kept);
        return sorted;
    }
}
