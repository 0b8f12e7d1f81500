package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.testing.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogsTest {
    private final HandClock clock = new HandClock();
    private final AtomicInteger counted = new AtomicInteger();
    private final Backlogs backlogs = new Backlogs();

    @BeforeEach
    void begin() {
        backlogs.clock = clock;
        backlogs.sql = new Sql() {
            @Override
            public <T> List<T> query(String sql, Reader<T> reader, Object... values) {
                counted.incrementAndGet();
                clock.goOn(Duration.ofMillis(100));
                return List.of();
            }
        };
    }

    @Test
    void aDearCountStandsForTwoSeconds() {
        backlogs.ofAll();
        clock.goOn(Duration.ofMillis(1900));
        backlogs.ofAll();
        assertThat(counted).hasValue(1);
        clock.goOn(Duration.ofMillis(100));
        backlogs.ofAll();
        assertThat(counted).hasValue(2);
    }

    @Test
    void aDearCountStandsNoMoreOnceTheClockWasSetBack() {
        backlogs.ofAll();
        clock.goOn(Duration.ofHours(-1));
        backlogs.ofAll();
        assertThat(counted).hasValue(2);
    }
}
