package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.testing.HandClock;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionIndexTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final long ALL = -1;

    private final Table table = new Table();
    private final HandClock clock = new HandClock();
    private final SubscriptionIndex index = new SubscriptionIndex();

    /** The rows, and from which number on they were read. */
    private static final class Table extends IndexRows {
        private final Map<UUID, Row> rows = new LinkedHashMap<>();
        private final List<Long> readSince = new ArrayList<>();
        private long seq;
        private boolean unreadable;
        private Runnable afterReading = () -> {};

        private record Row(long seq, Optional<SubscriptionIndex.Entry> entry) {}

        void put(UUID id, String url) {
            rows.put(id, new Row(++seq, Optional.of(entry(id, url))));
        }

        void delete(UUID id) {
            rows.put(id, new Row(++seq, Optional.empty()));
        }

        @Override
        long sequence() {
            return seq;
        }

        @Override
        void changedSince(long since, BiConsumer<UUID, Optional<SubscriptionIndex.Entry>> reader) {
            if (unreadable) {
                throw new Unreadable(new SQLException("away"));
            }
            readSince.add(since);
            rows.forEach((id, row) -> {
                if (row.seq > since) {
                    reader.accept(id, row.entry);
                }
            });
            afterReading.run();
        }
    }

    /** Nobody looks. */
    private record Unobserved() implements Event<IndexSwapped> {
        @Override
        public void fire(IndexSwapped event) {}

        @Override
        public <U extends IndexSwapped> CompletionStage<U> fireAsync(U event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends IndexSwapped> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event<IndexSwapped> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends IndexSwapped> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends IndexSwapped> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }

    private static SubscriptionIndex.Entry entry(UUID id, String url) {
        return new SubscriptionIndex.Entry(
                id,
                "siem",
                url,
                CircuitState.ACTIVE,
                1,
                5,
                List.of(),
                8,
                Duration.ofSeconds(10),
                List.of(),
                Instant.MIN,
                List.of(),
                Optional.empty());
    }

    @BeforeEach
    void start() {
        index.rows = table;
        index.clock = clock;
        index.settings = Settings.read(property -> Optional.empty());
        index.swapped = new Unobserved();
        table.put(FIRST, "http://a/");
        index.refreshed();
    }

    private Optional<String> url(UUID id) {
        return index.current().entry(id).map(SubscriptionIndex.Entry::url);
    }

    private void untilAllIsDue() {
        clock.goOn(index.settings.reloadInterval());
    }

    @Test
    void allIsReadAtFirstAndThenWhatHasChanged() {
        table.put(SECOND, "http://b/");
        index.refreshed();
        index.refreshed();

        assertThat(table.readSince).containsExactly(ALL, 1L);
        assertThat(url(FIRST)).contains("http://a/");
        assertThat(url(SECOND)).contains("http://b/");
    }

    @Test
    void whatIsDeletedGoes() {
        table.delete(FIRST);

        assertThat(index.refreshed().entries()).isEmpty();
    }

    @Test
    void whoMatchesNeverReadsEverythingThoughThatIsDue() {
        untilAllIsDue();
        index.refreshed();

        assertThat(table.readSince).containsExactly(ALL);
    }

    @Test
    void theWatchReadsEverythingOnceItIsDue() {
        table.rows.clear(); // behind our back: no number tells
        index.watch();
        assertThat(url(FIRST)).isPresent();

        untilAllIsDue();
        index.watch();
        index.watch();

        assertThat(url(FIRST)).isEmpty();
        assertThat(table.readSince).containsExactly(ALL, ALL, 1L);
    }

    @Test
    void whatChangesWhileEverythingIsReadIsInIt() {
        untilAllIsDue();
        table.afterReading = () -> {
            table.afterReading = () -> {};
            table.put(FIRST, "http://changed/");
            table.put(SECOND, "http://new/");
            index.refreshed(); // another thread has it before the watch does
        };

        index.watch();

        assertThat(url(FIRST)).contains("http://changed/");
        assertThat(url(SECOND)).contains("http://new/");
        assertThat(index.current().seq()).isEqualTo(table.seq);
    }

    @Test
    void whatIsDeletedWhileEverythingIsReadIsGone() {
        untilAllIsDue();
        table.afterReading = () -> {
            table.afterReading = () -> {};
            table.delete(FIRST);
        };

        index.watch();

        assertThat(url(FIRST)).isEmpty();
    }

    @Test
    void whatIsReadOutOfDistrustIsNotReplacedByWhatWasReadBefore() {
        untilAllIsDue();
        table.afterReading = () -> {
            table.afterReading = () -> {};
            table.rows.clear(); // purged, which no number tells
            index.distrust();
            index.refreshed();
        };

        index.watch();

        assertThat(url(FIRST)).isEmpty();
    }

    @Test
    void anOlderDatabaseIsReadAfresh() {
        table.put(SECOND, "http://b/");
        index.refreshed();
        table.rows.remove(SECOND);
        table.seq--;
        untilAllIsDue();

        index.watch();

        assertThat(url(SECOND)).isEmpty();
        assertThat(index.current().seq()).isEqualTo(table.seq);
    }

    @Test
    void anOlderDatabaseIsReadAfreshByWhoHasAnEventToo() {
        table.put(SECOND, "http://b/");
        index.refreshed();
        table.rows.remove(SECOND);
        table.seq--;

        index.refreshed();

        assertThat(url(SECOND)).isEmpty();
        assertThat(index.current().seq()).isEqualTo(table.seq);
    }

    @Test
    void aDatabasePutBackWhileEverythingIsReadIsReadAgain() {
        table.put(SECOND, "http://b/");
        index.refreshed();
        untilAllIsDue();
        table.afterReading = () -> {
            table.afterReading = () -> {};
            table.rows.remove(SECOND);
            table.seq--;
        };

        index.watch();

        assertThat(url(SECOND)).isEmpty();
    }

    @Test
    void distrustWhileThatIsReadIsNotForgotten() {
        index.distrust();
        table.afterReading = () -> {
            table.afterReading = () -> {};
            table.rows.clear();
            index.distrust();
        };
        index.refreshed();

        assertThat(index.refreshed().entries()).isEmpty();
    }

    @Test
    void distrustReadsEverythingAtOnceAndOnce() {
        table.rows.clear();
        index.distrust();

        assertThat(index.refreshed().entries()).isEmpty();
        index.refreshed();
        assertThat(table.readSince).containsExactly(ALL, ALL);
    }

    @Test
    void distrustOutlastsAFault() {
        table.rows.clear();
        index.distrust();
        table.unreadable = true;
        assertThatThrownBy(index::refreshed).isInstanceOf(IndexRows.Unreadable.class);
        assertThatThrownBy(index::watch).isInstanceOf(IndexRows.Unreadable.class);

        table.unreadable = false;

        assertThat(index.refreshed().entries()).isEmpty();
    }

    @Test
    void readingEverythingIsDueUntilItWasRead() {
        table.rows.clear();
        untilAllIsDue();
        table.unreadable = true;
        assertThatThrownBy(index::watch).isInstanceOf(IndexRows.Unreadable.class);

        table.unreadable = false;
        index.watch();

        assertThat(index.current().entries()).isEmpty();
    }
}
