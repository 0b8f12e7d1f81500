package io.decnet.webhook.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Horizontal bars, a block for each figure, a bar for each contender; readable on light and dark pages. */
final class Chart {
    private static final int LEFT = 110;
    private static final int WIDTH = 480;
    private static final int BAR = 18;
    private static final Map<String, String> COLOURS =
            Map.of("H2", "#2f6fde", "PostgreSQL", "#1a9c7b", Figures.PEER, "#9aa0a6");

    private final String title;
    private final Figures figures;

    Chart(String title, Figures figures) {
        this.title = title;
        this.figures = figures;
    }

    String svg() {
        List<Figure> shown =
                figures.figures().stream().filter(Figure::moreIsBetter).toList();
        StringBuilder body = new StringBuilder(text(8, 22, "bold", title));
        int y = 46;
        for (Figure figure : shown) {
            body.append(text(8, y, "bold", figure.name() + ", " + figure.unit()));
            y += 8;
            for (String contender : figures.contenders()) {
                double value = figures.median(figure, contender).orElse(0.0);
                long length = Math.round(WIDTH * value / greatest(figure));
                body.append(text(8, y + 13, "normal", contender));
                body.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n"
                        .formatted(LEFT, y, length, BAR - 3, COLOURS.getOrDefault(contender, "#c0392b")));
                body.append(text(LEFT + length + 6, y + 13, "normal", Figures.shown(value)));
                y += BAR;
            }
            y += 24;
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"680\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%s</svg>%n",
                y,
                body);
    }

    private double greatest(Figure figure) {
        Stream<Double> values = figures.contenders().stream()
                .map(contender -> figures.median(figure, contender).orElse(0.0));
        return values.mapToDouble(Double::doubleValue).max().orElse(1);
    }

    private static String text(long x, int y, String weight, String text) {
        return "<text x=\"%d\" y=\"%d\" font-weight=\"%s\" fill=\"#202124\">%s</text>%n".formatted(x, y, weight, text);
    }
}
