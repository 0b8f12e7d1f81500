package io.decnet.webhook.bench;

import java.util.ArrayList;
import java.util.List;

/** What a million deliveries that wait cost those that do not: a hundred paused subscriptions hold ten thousand each. */
final class Million {
    private static final int HOLDING = 100;
    private static final int EVENTS = 10_000;
    private static final int BURST = 2_000;
    /** Else the later figure would be better for the compilers' sake. */
    private static final int WARM_UP_BURSTS = 6;

    private static final int BURSTS = 5;

    private Million() {}

    static void run(Part.Arena arena, Figures figures) throws Exception {
        try (Product product = Product.onH2(arena.directory().resolve("million-h2"))) {
            measure(product, arena, figures);
        }
        try (Product product = Product.onPostgres(arena.directory().resolve("million"))) {
            measure(product, arena, figures);
        }
    }

    private static void measure(Product product, Part.Arena arena, Figures figures) throws Exception {
        product.subscribe(Group.TEN, arena.sink(), "");
        List<String> holding = new ArrayList<>();
        for (int i = 0; i < HOLDING; i++) {
            holding.add(product.program().subscribe("holds-" + i, arena.sink().url("/held/" + i), "\"held.>\"", ""));
        }
        holding.forEach(webhook -> product.program().object("PATCH", webhook, "{\"enabled\":false}"));
        for (int burst = 0; burst < WARM_UP_BURSTS; burst++) {
            Bursts.measure(product, Group.TEN, BURST, arena.sink());
        }
        double before = median(product, arena);
        double resident = product.residentBytes() / 1e6;
        double inUse = product.inUseBytes() / 1e6;
        product.publisher().burst("held.seen", EVENTS);
        Waiting.until("a million waits", () -> product.held() >= HOLDING * EVENTS);
        double after = median(product, arena);
        figures.add(Figure.more("deliveries to 10 subscriptions, none waiting", "/s", ""), product.name(), before);
        figures.add(Figure.more("the same with 1,000,000 waiting", "/s", "within 20 %"), product.name(), after);
        figures.add(Figure.less("resident memory, none waiting", "MB", ""), product.name(), resident);
        figures.add(
                Figure.less("resident with 1,000,000 waiting", "MB", ""),
                product.name(),
                product.residentBytes() / 1e6);
        figures.add(Figure.less("heap in use after a collection, none waiting", "MB", ""), product.name(), inUse);
        figures.add(
                Figure.less("heap in use after a collection with 1,000,000 waiting", "MB", "flat"),
                product.name(),
                product.inUseBytes() / 1e6);
    }

    private static double median(Product product, Part.Arena arena) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < BURSTS; round++) {
            rates.add(Bursts.measure(product, Group.TEN, BURST, arena.sink()).perSecond());
        }
        return rates.stream().sorted().toList().get(BURSTS / 2);
    }
}
