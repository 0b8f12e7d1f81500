package io.decnet.webhook.tally;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The last hour and the last day, of all nodes. However many look, the table is read at most every two seconds. */
@ApplicationScoped
public class Lately {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration RATE_OVER = Duration.ofMinutes(5);
    private static final int HOURS = 24;
    private static final double SECONDS = 60;

    @Inject
    TallyStore store;

    @Inject
    Clock clock;

    private final Glance<Picture> glance =
            new Glance<>(new Picture(List.of(), List.of(), Times.NONE, Times.NONE, 0), this::look);

    private Instant begun = Instant.MIN;

    /**
     * @param hour in minutes, oldest first, the running one last
     * @param day in quarters of an hour
     * @param attempts of the last hour
     * @param deliveries of the last hour
     * @param eventsPerMinute over the last five minutes, or since the start of this node
     */
    public record Picture(List<Span> hour, List<Span> day, Times attempts, Times deliveries, double eventsPerMinute) {}

    void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
        begun = clock.instant();
    }

    /** As it was last seen, also when the table is away now. */
    public Picture picture() {
        return glance.get(clock);
    }

    private Picture look() {
        Instant now = clock.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Instant hourAgo = minute.minus(HOUR).plus(Duration.ofMinutes(1));
        List<Minute> day = store.minutesSince(quarter(now).minus(DAY).plus(QUARTER));
        Minute times = store.timesSince(hourAgo);
        return new Picture(
                spans(day, hourAgo, Duration.ofMinutes(1), (int) HOUR.toMinutes()),
                spans(day, quarter(now).minus(DAY).plus(QUARTER), QUARTER, (int) DAY.dividedBy(QUARTER)),
                times.attempts(),
                times.deliveries(),
                eventsPerMinute(day, begun, now));
    }

    /** Of the running minute and the four before it, or of those since the start: who has just started wants to see something too. */
    static double eventsPerMinute(List<Minute> minutes, Instant begun, Instant now) {
        Instant first = now.truncatedTo(ChronoUnit.MINUTES).minus(RATE_OVER).plus(Duration.ofMinutes(1));
        Instant from = begun.isAfter(first) ? begun.truncatedTo(ChronoUnit.MINUTES) : first;
        long events = minutes.stream()
                .filter(minute -> !minute.at().isBefore(from))
                .mapToLong(Minute::events)
                .sum();
        return events
                * SECONDS
                / Math.max(SECONDS, (double) Duration.between(from, now).toSeconds());
    }

    private static Instant quarter(Instant now) {
        return now.minusMillis(now.toEpochMilli() % QUARTER.toMillis()).truncatedTo(ChronoUnit.MINUTES);
    }

    /** So many spans from then on; those in which nothing happened are there too. */
    static List<Span> spans(List<Minute> minutes, Instant from, Duration each, int many) {
        Counts[] sums = Stream.generate(() -> Counts.NONE).limit(many).toArray(Counts[]::new);
        for (Minute minute : minutes) {
            long place = Math.floorDiv(Duration.between(from, minute.at()).toMillis(), each.toMillis());
            if (place >= 0 && place < many) {
                sums[(int) place] = sums[(int) place].plus(minute.counts());
            }
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            spans.add(new Span(from.plus(each.multipliedBy(i)), sums[i]));
        }
        return spans;
    }

    /** The last 24 hours of each of these subscriptions that had any traffic, hour by hour, the running one last. */
    public Map<UUID, List<Span>> dayOf(Collection<UUID> subscriptions) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1L, ChronoUnit.HOURS);
        Map<UUID, List<Span>> days = new HashMap<>();
        store.hoursSince(from, subscriptions)
                .forEach((id, hours) -> days.put(
                        id,
                        Stream.iterate(from, at -> at.plus(HOUR))
                                .limit(HOURS)
                                .map(at -> new Span(at, hours.getOrDefault(at, Counts.NONE)))
                                .toList()));
        return days;
    }
}
