package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
    /** Just before the counter turns negative: moments are compared by their distance. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final Lease lease = new Lease();

    private static long after(long seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void doesNotHoldBeforeTheFirstHeartbeat() {
        assertThat(lease.holds(START)).isFalse();
        assertThat(lease.judges(START)).isFalse();
    }

    @Test
    void endsTenSecondsAfterTheLastHeartbeatThatSucceededBegan() {
        lease.renew(START);
        lease.fail();
        assertThat(lease.holds(after(9))).isTrue();
        assertThat(lease.holds(after(10))).isFalse();
    }

    @Test
    void isFrozenWithTheProcess() {
        lease.renew(START);
        assertThat(lease.holds(after(60))).as("the process slept for a minute").isFalse();
    }

    @Test
    void judgesNobodyInItsFirstFifteenSeconds() {
        beat(0, 15);
        assertThat(lease.judges(after(14))).isFalse();
        assertThat(lease.judges(after(15))).isTrue();
    }

    @Test
    void judgesNobodyForFifteenSecondsAfterAHeartbeatThatFailed() {
        beat(0, 30);
        lease.fail();
        assertThat(lease.judges(after(31))).isFalse();
        beat(33, 47);
        assertThat(lease.judges(after(47))).isFalse();
        assertThat(lease.judges(after(48))).isTrue();
    }

    @Test
    void judgesNobodyForFifteenSecondsAfterItWasSilentItself() {
        beat(0, 30);
        beat(60, 74);
        assertThat(lease.judges(after(74))).isFalse();
        beat(75, 75);
        assertThat(lease.judges(after(75))).isTrue();
    }

    private void beat(long from, long to) {
        for (long second = from; second <= to; second++) {
            lease.renew(after(second));
        }
    }
}
