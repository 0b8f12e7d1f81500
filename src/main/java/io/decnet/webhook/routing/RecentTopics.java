package io.decnet.webhook.routing;

import io.decnet.webhook.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Topics this node has lately seen on the bus, whoever wanted them: a help for those who write patterns. Bounded; safe for any thread. */
@ApplicationScoped
public class RecentTopics {
    private static final int MOST = 500;
    private static final Duration LATELY = Duration.ofHours(1);

    @Inject
    Clock clock;

    private final Map<Topic, Instant> seen = new ConcurrentHashMap<>();

    void saw(Topic topic) {
        Instant now = clock.instant();
        if (seen.size() >= MOST && !seen.containsKey(topic)) {
            Instant old = now.minus(LATELY);
            seen.values().removeIf(old::isAfter);
        }
        if (seen.size() < MOST || seen.containsKey(topic)) {
            seen.put(topic, now);
        }
    }

    /** Those of the last hour, newest first. */
    public List<Topic> lately(int most) {
        Instant old = clock.instant().minus(LATELY);
        return Map.copyOf(seen).entrySet().stream()
                .filter(entry -> entry.getValue().isAfter(old))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
