package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitBreaker;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Example;

/** The laws of {@link DeliveryModelTest} find what they are for: each of these pieces is broken in one way, and caught. */
class DeliveryModelPowerTest {
    private static final int STORIES = 500;
    private static final long SEED = 20_260_101;

    /** A failure counts twice. */
    private static final class CountsTwice extends ModelTable {
        @Override
        CircuitBreaker step(AttemptReport report) {
            circuit = super.step(report);
            return super.step(report);
        }
    }

    /** An outcome is recorded though another has claimed the delivery meanwhile. */
    private static final class BelievesZombies extends ModelTable {
        @Override
        boolean accepts(Row row, AttemptReport report, long life) {
            return row.stage == Stage.CLAIMED;
        }
    }

    /** What a dead node had claimed stays claimed. */
    private static final class LeavesTheDeadTheirs extends ModelTable {
        @Override
        boolean releaseUnowned() {
            return false;
        }
    }

    /** Rows are given back, and nobody is told of them. */
    private static final class LosesWakeUps extends ModelNode {
        LosesWakeUps(ModelTable table) {
            super(table);
        }

        @Override
        void tellOfRows() {}
    }

    /** What waits in the lane is started though the circuit has opened. */
    private static final class StartsAfterTheTrip extends ModelNode {
        StartsAfterTheTrip(ModelTable table) {
            super(table);
        }

        @Override
        void empty() {}
    }

    /** Starts though it has not looked whether the circuit is still active. */
    private static final class StartsWithoutLooking extends ModelNode {
        StartsWithoutLooking(ModelTable table) {
            super(table);
        }

        @Override
        boolean mayStart() {
            return permission.lease.holds(table.nanos());
        }
    }

    /** Starts though others may have taken its claims over. */
    private static final class StartsWithoutALease extends ModelNode {
        StartsWithoutALease(ModelTable table) {
            super(table);
        }

        @Override
        boolean mayStart() {
            return permission.index.lookedWithin(Permission.LOOKED_WITHIN, table.nanos());
        }
    }

    /** What waited in the lane when it closed is not given back. */
    private static final class ForgetsClaims extends ModelNode {
        ForgetsClaims(ModelTable table) {
            super(table);
        }

        @Override
        void giveBack(List<ClaimedDelivery> waiting) {}
    }

    private static long breaches(Supplier<ModelTable> table, Function<ModelTable, ModelNode> node) {
        var stories = ModelWorld.stories().generator(STORIES);
        var random = new Random(SEED);
        return Stream.generate(() -> stories.next(random).value())
                .limit(STORIES)
                .filter(story -> isBreach(() -> new ModelWorld(table.get(), node).live(story)))
                .count();
    }

    private static boolean isBreach(Runnable story) {
        try {
            story.run();
            return false;
        } catch (AssertionError breach) {
            return true;
        }
    }

    @Example
    void whatCountsTwiceIsFound() {
        assertThat(breaches(CountsTwice::new, ModelNode::new)).isPositive();
    }

    @Example
    void whatBelievesZombiesIsFound() {
        assertThat(breaches(BelievesZombies::new, ModelNode::new)).isPositive();
    }

    @Example
    void whatLeavesTheDeadTheirsIsFound() {
        assertThat(breaches(LeavesTheDeadTheirs::new, ModelNode::new)).isPositive();
    }

    @Example
    void whatLosesWakeUpsIsFound() {
        assertThat(breaches(ModelTable::new, LosesWakeUps::new)).isPositive();
    }

    @Example
    void whatStartsAfterTheTripIsFound() {
        assertThat(breaches(ModelTable::new, StartsAfterTheTrip::new)).isPositive();
    }

    @Example
    void whatStartsWithoutLookingIsFound() {
        assertThat(breaches(ModelTable::new, StartsWithoutLooking::new)).isPositive();
    }

    @Example
    void whatStartsWithoutALeaseIsFound() {
        assertThat(breaches(ModelTable::new, StartsWithoutALease::new)).isPositive();
    }

    @Example
    void whatForgetsClaimsIsFound() {
        assertThat(breaches(ModelTable::new, ForgetsClaims::new)).isPositive();
    }

    @Example
    void theSoundPiecesPassTheSameStories() {
        assertThat(breaches(ModelTable::new, ModelNode::new)).isZero();
    }
}
