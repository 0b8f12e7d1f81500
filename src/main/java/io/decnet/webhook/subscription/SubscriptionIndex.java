package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.PatternTrie;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.event.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions in memory, ready to match: an immutable snapshot, swapped when the change sequence has moved. Only
 * what changed is read again; every {@code reload-interval} all of it is, in case someone wrote behind our back, and
 * nobody waits for that.
 */
@ApplicationScoped
public class SubscriptionIndex {
    @Inject
    IndexRows rows;

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    @Inject
    Event<IndexSwapped> swapped;

    private final ReentrantLock reloading = new ReentrantLock();
    private volatile Snapshot snapshot = new Snapshot(-1, Map.of());
    /** How often the snapshot was distrusted, at first because there is none, and up to which of these times it has been read anew. */
    private final AtomicLong distrusts = new AtomicLong(1);

    private volatile long trusted;
    private volatile Instant reloadAllAt = Instant.MIN;
    /** By {@link System#nanoTime}; far in the past at first. */
    private final AtomicLong lookedAt =
            new AtomicLong(System.nanoTime() - Duration.ofDays(1).toNanos());

    /** The last snapshot; never blocks. */
    public Snapshot current() {
        return snapshot;
    }

    /** The newest snapshot, as the caller's transaction (if there is one) sees the table. */
    public Snapshot refreshed() {
        long began = System.nanoTime();
        if (rows.sequence() != snapshot.seq() || isDistrusted()) {
            reloading.lock();
            try {
                reload();
            } finally {
                reloading.unlock();
            }
        }
        lookedAt.accumulateAndGet(began, (known, now) -> now - known > 0 ? now : known);
        return snapshot;
    }

    /** Looks for changes, and reads everything when that is due; to be called by one thread, in no transaction. */
    public void watch() {
        if (!isDistrusted() && !clock.instant().isBefore(reloadAllAt)) {
            reloadAll();
        }
        refreshed();
    }

    private boolean isDistrusted() {
        return distrusts.get() != trusted;
    }

    /**
     * Whether the last look at the table is so young at this moment of {@link System#nanoTime}: an older change is in the
     * snapshot. Never blocks.
     */
    public boolean lookedWithin(Duration age, long nanos) {
        return nanos - lookedAt.get() < age.toNanos();
    }

    /** The table disagrees with the snapshot, though no number says so (a purged subscription leaves none): read all of it next time. */
    public void distrust() {
        distrusts.incrementAndGet();
    }

    private void reload() {
        long heard = distrusts.get();
        long seq = rows.sequence();
        boolean older = seq < snapshot.seq(); // a database that was put back: what it has lost leaves no number
        if (heard != trusted || older) {
            swap(seq, changed(new HashMap<>(), -1));
            trusted = heard;
            reloadAllAt = clock.instant().plus(settings.reloadInterval());
        } else if (seq != snapshot.seq()) {
            swap(seq, changed(new HashMap<>(snapshot.entries), snapshot.seq()));
        }
    }

    /** Reads everything while others go on with what there is, and then what has changed meanwhile. */
    private void reloadAll() {
        Instant due = reloadAllAt;
        long then = rows.sequence();
        Map<UUID, Entry> entries = changed(new HashMap<>(), -1);
        reloading.lock();
        try {
            long seq = rows.sequence();
            if (!due.equals(reloadAllAt) || seq < snapshot.seq()) {
                return; // someone has read everything meanwhile, or is about to: what was read here may be older
            }
            swap(seq, changed(entries, then));
            reloadAllAt = clock.instant().plus(settings.reloadInterval());
        } finally {
            reloading.unlock();
        }
    }

    /** The entries, with everything in its place that was changed after that number. */
    private Map<UUID, Entry> changed(Map<UUID, Entry> entries, long since) {
        rows.changedSince(since, (id, entry) -> {
            entries.remove(id);
            entry.ifPresent(present -> entries.put(id, present));
        });
        return entries;
    }

    private void swap(long seq, Map<UUID, Entry> entries) {
        Snapshot before = snapshot;
        snapshot = new Snapshot(seq, entries);
        swapped.fire(new IndexSwapped(before, snapshot));
    }

    /** All subscriptions at one number of the change sequence. Immutable. */
    public static final class Snapshot {
        private final long seq;
        private final Map<UUID, Entry> entries;

        @Nullable
        private volatile PatternTrie<Entry> trie;

        Snapshot(long seq, Map<UUID, Entry> entries) {
            this.seq = seq;
            this.entries = Map.copyOf(entries);
        }

        public long seq() {
            return seq;
        }

        /** Every subscription with a matching pattern, once, whatever the state of its circuit. */
        public Set<Entry> match(Topic topic) {
            PatternTrie<Entry> ready = trie;
            return (ready == null ? planted() : ready).match(topic);
        }

        /** Only when it is asked for: of ten thousand changes in a row with no event between them, most would be for nothing. */
        private synchronized PatternTrie<Entry> planted() {
            PatternTrie<Entry> ready = trie;
            if (ready == null) {
                PatternTrie.Builder<Entry> builder = PatternTrie.builder();
                entries.values().forEach(entry -> entry.patterns().forEach(pattern -> builder.add(pattern, entry)));
                ready = builder.build();
                trie = ready;
            }
            return ready;
        }

        public Optional<Entry> entry(UUID id) {
            return Optional.ofNullable(entries.get(id));
        }

        public Collection<Entry> entries() {
            return entries.values();
        }
    }

    /**
     * A subscription as it is delivered to, with the values in force.
     *
     * @param state of the circuit; paused also when a stored setting cannot be read
     * @param secrets newest first; secret, and so is {@code toString} about them; none when they cannot be read
     * @param oldSecretUntil when a rotated secret stops to sign
     * @param problem why its stored patterns match nothing, or why nothing is sent
     */
    public record Entry(
            UUID id,
            String name,
            String url,
            CircuitState state,
            long epoch,
            int threshold,
            List<Duration> retryDelays,
            int concurrency,
            Duration requestTimeout,
            List<String> secrets,
            Instant oldSecretUntil,
            List<TopicPattern> patterns,
            Optional<String> problem) {

        /** The secrets that sign now, newest first. */
        public List<String> secrets(Instant now) {
            return now.isBefore(oldSecretUntil) ? secrets : secrets.subList(0, Math.min(1, secrets.size()));
        }

        @Override
        public String toString() {
            return "subscription " + id;
        }
    }
}
