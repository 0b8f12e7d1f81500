package io.decnet.webhook.bench;

/** What a contender makes of many events sent at once. */
final class Bursts {
    private static final int EVENTS_FOR_ONE = 8_000;
    private static final int EVENTS_FOR_TEN = 3_000;
    private static final int EVENTS_FOR_HUNDRED = 300;
    private static final int BACKLOG = 10_000;

    private Bursts() {}

    /**
     * @param perSecond from the first send until everything was received, and recorded
     * @param deliveries among which the rest is divided
     */
    record Measured(double perSecond, Spent.Between spent, double deliveries) {
        double cpuMillis() {
            return spent.cpu().toNanos() / 1e6 / deliveries;
        }

        double allocatedKilobytes() {
            return spent.allocatedBytes() / 1e3 / deliveries;
        }

        double handOffs() {
            return spent.handOffs() / deliveries;
        }
    }

    static Measured measure(Contender contender, Group group, int events, Sink sink) throws Exception {
        long wanted = sink.arrivals(group.key()).count() + (long) events * group.subscriptions;
        Spent before = contender.spent();
        long start = System.nanoTime();
        contender.publisher().burst(group.topic(), events);
        Waiting.until(
                contender.name() + " delivers", () -> sink.arrivals(group.key()).count() >= wanted);
        Waiting.until(contender.name() + " records", () -> contender.settled(group));
        double seconds = (System.nanoTime() - start) / 1e9;
        double deliveries = (double) events * group.subscriptions;
        return new Measured(deliveries / seconds, contender.spent().since(before), deliveries);
    }

    /** What {@link #throughput} measures, but most events with one subscription: there a delivery has an event to itself, and most code to compile. In all rounds these are 144,000:
     * alone, ours still became faster at the 136,000th, the peer at the 64,000th.
     */
    static void warmUp(Contender contender, Sink sink) throws Exception {
        measure(contender, Group.ONE, EVENTS_FOR_ONE * 3, sink);
        measure(contender, Group.TEN, EVENTS_FOR_TEN / 4, sink);
        measure(contender, Group.HUNDRED, EVENTS_FOR_HUNDRED / 6, sink);
    }

    static void throughput(Part.Arena arena, Figures figures) throws Exception {
        for (int round = 0; round < arena.rounds(); round++) {
            for (Contender contender : arena.standing().contenders()) {
                add(figures, contender, Group.ONE, measure(contender, Group.ONE, EVENTS_FOR_ONE, arena.sink()));
                add(figures, contender, Group.TEN, measure(contender, Group.TEN, EVENTS_FOR_TEN, arena.sink()));
                add(
                        figures,
                        contender,
                        Group.HUNDRED,
                        measure(contender, Group.HUNDRED, EVENTS_FOR_HUNDRED, arena.sink()));
                figures.add(
                        Figure.less("memory resident, heap of 512 MB", "MB", ""),
                        contender.name(),
                        contender.residentBytes() / 1e6);
            }
        }
    }

    private static void add(Figures figures, Contender contender, Group group, Measured measured) {
        String subscriptions = group.subscriptions + (group.subscriptions == 1 ? " subscription" : " subscriptions");
        figures.add(
                Figure.more("deliveries to " + subscriptions, "/s", group == Group.HUNDRED ? "" : "≥ 1 ×"),
                contender.name(),
                measured.perSecond());
        figures.add(
                Figure.less("CPU for one of these", "ms, " + subscriptions, group == Group.TEN ? "≤ 1 ms" : ""),
                contender.name(),
                measured.cpuMillis());
        figures.add(
                Figure.less("allocated for one of these", "kB, " + subscriptions, ""),
                contender.name(),
                measured.allocatedKilobytes());
        figures.add(
                Figure.less("threads' hand-offs and waits for one of these", subscriptions, ""),
                contender.name(),
                measured.handOffs());
    }

    /** Events wait while their subscription takes none; then it takes them again. */
    static void recovery(Part.Arena arena, Figures figures) throws Exception {
        Sink.Arrivals arrivals = arena.sink().arrivals(Group.BACKLOG.key());
        for (int round = 0; round < arena.rounds(); round++) {
            for (Contender contender : arena.standing().contenders()) {
                contender.suspend(Group.BACKLOG);
                contender.publisher().burst(Group.BACKLOG.topic(), BACKLOG);
                Waiting.until("intake", () -> contender.waiting(Group.BACKLOG, BACKLOG));
                long wanted = arrivals.count() + BACKLOG;
                long start = System.nanoTime();
                contender.resume(Group.BACKLOG);
                Waiting.until(contender.name() + " recovers", () -> arrivals.count() >= wanted);
                Waiting.until(contender.name() + " records", () -> contender.settled(Group.BACKLOG));
                figures.add(
                        Figure.less("a backlog of 10,000 is delivered in", "s", ""),
                        contender.name(),
                        (System.nanoTime() - start) / 1e9);
            }
        }
    }
}
