package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Duration PAST = Duration.ofMillis(-1);

    private final Deadlines deadlines = new Deadlines();

    private List<Deadlines.Watch> start(int count, Duration timeout) {
        List<Deadlines.Watch> watches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            watches.add(deadlines.start(timeout));
        }
        return watches;
    }

    /** As often as that comes to an end. */
    private List<Integer> enforced() {
        List<Integer> ended = new ArrayList<>();
        for (int count = deadlines.enforce(); count > 0; count = deadlines.enforce()) {
            ended.add(count);
        }
        return ended;
    }

    @Test
    void whatIsNotDueGoesOn() {
        start(3, Duration.ofMinutes(1));
        assertThat(enforced()).isEmpty();
    }

    @Test
    void aFewEndAtOnce() {
        start(8, PAST);
        assertThat(enforced()).containsExactly(8);
    }

    @Test
    void ofManyAFewAtATime() {
        start(20, PAST);
        assertThat(enforced()).containsExactly(8, 8, 4);
    }

    @Test
    void ofVeryManyAShareSoThatNoneWaitsLong() {
        start(512, PAST);
        List<Integer> ended = enforced();
        assertThat(ended).startsWith(32).allMatch(count -> count <= 32);
        assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(512);
        // At 20 ms each that is less than half a second.
        assertThat(ended).hasSizeLessThan(25);
    }

    @Test
    void theOldestFirst() {
        var late = start(8, PAST);
        start(8, Duration.ofSeconds(-2));
        deadlines.enforce();
        late.forEach(deadlines::end);
        assertThat(enforced()).isEmpty();
    }

    @Test
    void itHasExpiredBeforeItIsEnded() {
        var watches = start(20, PAST);
        deadlines.enforce();
        assertThat(watches).allMatch(Deadlines.Watch::expired);
    }
}
