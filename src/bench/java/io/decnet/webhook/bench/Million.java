package io.decnet.webhook.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a million deliveries that wait cost those that do not: a hundred paused subscriptions hold ten thousand each. */
final class Million {
    private static final int HOLDING = 100;
    private static final int EVENTS = 10_000;
    private static final int BURST = 3_000;
    private static final int BURSTS = 3;

    private Million() {}

    static void run(Part.Arena arena, Figures figures) throws Exception {
        Map<Product, Double> before = new LinkedHashMap<>();
        for (Contender contender : arena.standing().contenders()) {
            if (contender instanceof Product product) {
                subscribePaused(product, arena.sink());
                before.put(product, rate(product, arena, figures, "none"));
            }
        }
        // At the same time, for one alone leaves half a processor idle. What PostgreSQL does on its own afterwards is
        // part of what follows.
        CompletableFuture.allOf(before.keySet().stream()
                        .map(product -> CompletableFuture.runAsync(
                                () -> product.publisher().burst("held.seen", EVENTS)))
                        .toArray(CompletableFuture[]::new))
                .join();
        for (Product product : before.keySet()) {
            Waiting.until("a million waits", () -> product.held() >= HOLDING * EVENTS);
        }
        for (Map.Entry<Product, Double> one : before.entrySet()) {
            double after = rate(one.getKey(), arena, figures, "1,000,000");
            figures.add(
                    Figure.more("ratio of the two rates", "×", "≥ 0.8"),
                    one.getKey().name(),
                    after / one.getValue());
        }
    }

    private static void subscribePaused(Product product, Sink sink) {
        for (int i = 0; i < HOLDING; i++) {
            String webhook = product.program().subscribe("holds-" + i, sink.url("/held/" + i), "\"held.>\"", "");
            product.program().object("PATCH", webhook, "{\"enabled\":false}");
        }
    }

    private static double rate(Product product, Part.Arena arena, Figures figures, String waiting) throws Exception {
        double rate = median(product, arena);
        String with = ", " + waiting + " waiting";
        figures.add(Figure.more("deliveries to 10 subscriptions" + with, "/s", ""), product.name(), rate);
        figures.add(Figure.less("memory resident" + with, "MB", ""), product.name(), product.residentBytes() / 1e6);
        figures.add(
                Figure.less("heap in use after a collection" + with, "MB", ""),
                product.name(),
                product.inUseBytes() / 1e6);
        return rate;
    }

    private static double median(Product product, Part.Arena arena) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < BURSTS; round++) {
            rates.add(Bursts.measure(product, Group.TEN, BURST, arena.sink()).perSecond());
        }
        return rates.stream().sorted().toList().get(BURSTS / 2);
    }
}
