package io.decnet.webhook.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was seen of one part, run after run; shown as medians, with ratios to the peer where it took part. */
final class Figures {
    static final String PEER = "Camel";

    private final Map<Figure, Map<String, List<Double>>> seen = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    void add(Figure figure, String contender, double value) {
        columns.add(contender);
        seen.computeIfAbsent(figure, f -> new LinkedHashMap<>())
                .computeIfAbsent(contender, c -> new ArrayList<>())
                .add(value);
        System.err.printf(Locale.ROOT, "%s, %s: %.3f %s%n", contender, figure.name(), value, figure.unit());
    }

    Optional<Double> median(Figure figure, String contender) {
        return Optional.ofNullable(seen.getOrDefault(figure, Map.of()).get(contender))
                .map(Figures::median);
    }

    /** How often that was seen which was seen most often. */
    int most() {
        return seen.values().stream()
                .flatMap(contenders -> contenders.values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    Set<Figure> figures() {
        return seen.keySet();
    }

    /** In the order in which they were first seen, the peer last. */
    List<String> contenders() {
        return columns.stream()
                .sorted((a, b) -> Boolean.compare(a.equals(PEER), b.equals(PEER)))
                .toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A table in Markdown. */
    String table() {
        boolean compared = columns.contains(PEER) && columns.size() > 1;
        List<String> ours = contenders().stream().filter(c -> !c.equals(PEER)).toList();
        List<String> head = new ArrayList<>(List.of("figure"));
        head.addAll(contenders());
        if (compared) {
            ours.forEach(c -> head.add(c + " : " + PEER));
        }
        head.add("must");
        StringBuilder table = new StringBuilder(row(head));
        table.append(row(head.stream()
                .map(h -> h.equals("figure") || h.equals("must") ? "---" : "---:")
                .toList()));
        for (Figure figure : seen.keySet()) {
            List<String> cells = new ArrayList<>(List.of(figure.name() + ", " + figure.unit()));
            contenders()
                    .forEach(
                            c -> cells.add(median(figure, c).map(Figures::shown).orElse("")));
            if (compared) {
                ours.forEach(c -> cells.add(ratio(figure, c)));
            }
            cells.add(figure.must());
            table.append(row(cells));
        }
        return table.toString();
    }

    /** How many times better than the peer. */
    private String ratio(Figure figure, String contender) {
        Optional<Double> own = median(figure, contender);
        Optional<Double> peer = median(figure, PEER);
        if (own.isEmpty() || peer.isEmpty()) {
            return "";
        }
        double ratio = figure.moreIsBetter() ? own.get() / peer.get() : peer.get() / own.get();
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }

    static String shown(double value) {
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
