package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.breaker.CircuitState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldBacklogsTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final UUID THIRD = new UUID(0, 3);

    private final HeldBacklogs held = new HeldBacklogs();

    private List<UUID> grown() {
        List<UUID> grown = new ArrayList<>();
        held.forEachGrown(grown::add);
        return grown;
    }

    @Test
    void eachIsLookedAtOnce() {
        held.grows(ONE);
        held.grows(ONE);
        assertThat(grown()).containsExactly(ONE);
        assertThat(grown()).isEmpty();
    }

    @Test
    void afterAFaultTheRestIsStillToDoAndTheFaultyOneComesLast() {
        List.of(ONE, OTHER, THIRD).forEach(held::grows);
        assertThatThrownBy(() -> held.forEachGrown(subscription -> {
                    if (subscription.equals(OTHER)) {
                        throw new IllegalStateException("the database is away");
                    }
                }))
                .hasMessage("the database is away");
        assertThat(grown()).containsExactly(THIRD, OTHER);
    }

    @Test
    void whatGrowsWhileItIsLookedAtIsLookedAtAgain() {
        held.grows(ONE);
        held.forEachGrown(held::grows);
        assertThat(grown()).containsExactly(ONE);
    }

    @Test
    void whenANodeHasDiedEveryOpenCircuitMayHaveGrown() {
        held.othersGrew(List.of(
                Samples.entry(ONE, CircuitState.PAUSED, 1),
                Samples.entry(OTHER, CircuitState.ACTIVE, 1),
                Samples.entry(THIRD, CircuitState.TRIPPED, 1)));
        assertThat(grown()).containsExactly(ONE, THIRD);
    }
}
