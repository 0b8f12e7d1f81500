package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this node does about others. */
class HeartbeatTest {
    private final Heartbeat heartbeat = new Heartbeat();
    private final Queue<String> dead = new ArrayDeque<>();
    private boolean away;

    @BeforeEach
    void begin() {
        heartbeat.node = new NodeIdentity();
        heartbeat.lease = new Lease() {
            @Override
            synchronized boolean judges(long nanos) {
                return true;
            }
        };
        heartbeat.databaseClock = new DatabaseClock();
        heartbeat.databaseClock.local = Clock.systemUTC();
        heartbeat.nodes = new Nodes() {
            @Override
            public Optional<Instant> heartbeat() {
                return Optional.of(Instant.EPOCH);
            }

            @Override
            public List<String> buryDead() {
                return Optional.ofNullable(dead.poll()).stream().toList();
            }

            @Override
            public List<String> namesakes() {
                return List.of();
            }
        };
        heartbeat.upkeep = new Upkeep() {
            @Override
            public int releaseUnowned() {
                if (away) {
                    throw new IllegalStateException("the database is away");
                }
                return 0;
            }
        };
    }

    @Test
    void aDeathIsToldOnceAlsoWhenTheDeadHadNothingInHand() {
        dead.add("other");
        assertThat(heartbeat.step()).isTrue();
        assertThat(heartbeat.step()).isFalse();
    }

    @Test
    void aDeathIsToldByTheNextBeatWhenTheTakeoverFails() {
        dead.add("other");
        away = true;
        assertThatThrownBy(heartbeat::step).hasMessage("the database is away");
        away = false;
        assertThat(heartbeat.step()).isTrue();
    }
}
