package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.breaker.CircuitState;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Two nodes on one table, what can happen to them, and the laws that hold whatever does. */
final class ModelWorld {
    /** What can happen, at one of the nodes; what stands before the pause happens to none that sleeps. */
    enum Step {
        EVENT((world, node) -> node.ingest()),
        LOOK((world, node) -> node.look()),
        BEAT((world, node) -> node.beat()),
        FEED((world, node) -> node.feed()),
        START((world, node) -> node.start()),
        SLOW((world, node) -> node.moveSlowAside()),
        SUCCESS((world, node) -> node.answer(200)),
        FAILURE((world, node) -> node.answer(503)),
        REFUSAL((world, node) -> node.answer(404)),
        GONE((world, node) -> node.answer(410)),
        SLEEP((world, node) -> world.sleep(node)),
        TAKEOVER((world, node) -> world.takeOver(node)),
        PAUSE((world, node) -> world.table.pause()),
        ENABLE((world, node) -> world.table.enable()),
        TIME((world, node) -> world.table.pass(Duration.ofMillis(500))),
        CRASH((world, node) -> node.crash()),
        WAKE((world, node) -> node.wake());

        // Each effect is a lambda without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final BiConsumer<ModelWorld, ModelNode> effect;

        Step(BiConsumer<ModelWorld, ModelNode> effect) {
            this.effect = effect;
        }

        private boolean needsAwake() {
            return compareTo(PAUSE) < 0;
        }
    }

    record Happening(Step step, int node) {}

    private final ModelTable table;
    private final List<ModelNode> nodes;

    ModelWorld(ModelTable table, Function<ModelTable, ModelNode> node) {
        this.table = table;
        this.nodes = List.of(node.apply(table), node.apply(table));
    }

    /** Holds the world to the laws at each step, and at the end lets all go well again. */
    void live(List<Happening> story) {
        for (var happening : story) {
            happen(happening);
            assertEveryUnfinishedDeliveryHasAWakeUp();
        }
        assertThat(table.rows).filteredOn(row -> row.stage == Stage.FAILED).allMatch(row -> row.counted);
        heal();
    }

    private void happen(Happening happening) {
        var node = nodes.get(happening.node());
        if (node.isAwake() || !happening.step().needsAwake()) {
            happening.step().effect.accept(this, node);
        }
    }

    private ModelNode other(ModelNode node) {
        return nodes.get(1 - nodes.indexOf(node));
    }

    /** One of the two is always awake, and one that woke after its death finds out before it sleeps again. */
    private void sleep(ModelNode node) {
        if (other(node).isAwake() && !node.isDead()) {
            node.sleep();
        }
    }

    /** Only this node is heard, until it has taken the other for dead. */
    private void takeOver(ModelNode node) {
        do {
            table.pass(Duration.ofSeconds(3));
            node.beat();
        } while (!other(node).isDead());
    }

    private void assertEveryUnfinishedDeliveryHasAWakeUp() {
        boolean open = table.circuit.state() != CircuitState.ACTIVE;
        assertThat(table.unfinished())
                .allMatch(row ->
                        (open && row.stage != Stage.CLAIMED) || nodes.stream().anyMatch(node -> node.wakesUp(row)));
    }

    /** Receivers answer well again and an operator enables: all that was accepted must end, also what a node had that never wakes. */
    private void heal() {
        table.enable();
        for (int round = 0; !table.unfinished().isEmpty(); round++) {
            assertThat(round).as("rounds until all have ended").isLessThan(300);
            table.pass(Duration.ofSeconds(1));
            nodes.stream().filter(ModelNode::isAwake).forEach(ModelWorld::work);
        }
    }

    private static void work(ModelNode node) {
        node.beat();
        node.look();
        node.feed();
        IntStream.range(0, 4).forEach(i -> node.start());
        IntStream.range(0, 4).forEach(i -> node.answer(200));
    }

    /** Up to 200 steps, failures and lost memory among them. */
    static Arbitrary<List<Happening>> stories() {
        var steps = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(Step.EVENT, Step.START, Step.FEED)),
                Tuple.of(4, Arbitraries.of(Step.LOOK, Step.BEAT, Step.TIME, Step.FAILURE, Step.FAILURE)),
                Tuple.of(2, Arbitraries.of(Step.SUCCESS, Step.REFUSAL, Step.SLOW, Step.ENABLE, Step.WAKE)),
                Tuple.of(1, Arbitraries.of(Step.GONE, Step.PAUSE, Step.CRASH, Step.SLEEP, Step.TAKEOVER)));
        return Combinators.combine(steps, Arbitraries.integers().between(0, 1))
                .as(Happening::new)
                .list()
                .ofMaxSize(200)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
