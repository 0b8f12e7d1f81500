package io.decnet.webhook.admin;

import io.decnet.webhook.tally.Counts;
import io.decnet.webhook.tally.Kind;
import io.decnet.webhook.tally.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Spans of time as stacked bars, in the units of a drawing that is {@link #WIDTH} wide and {@link #HEIGHT} high; what
 * went well at the bottom.
 *
 * @param top the value at the upper edge
 */
public record Chart(List<Bar> bars, long top) {
    public static final int WIDTH = 720;
    public static final int HEIGHT = 160;
    private static final double GAP = 0.2;
    /** So few in a span do not fill it. */
    private static final long FEW = 4;

    /** One span. */
    public record Bar(Instant from, Counts counts, double x, double width, List<Part> parts) {}

    /** What is of one kind in a span. */
    public record Part(String kind, double y, double height) {}

    /** With an edge at a round number. */
    static Chart of(List<Span> spans) {
        return of(spans, roundedUp(highest(spans)));
    }

    /** To be looked at small, without numbers: the highest fills it. */
    static Chart small(List<Span> spans) {
        return of(spans, Math.max(FEW, highest(spans)));
    }

    private static long highest(List<Span> spans) {
        return spans.stream().mapToLong(span -> span.counts().total()).max().orElse(0);
    }

    private static Chart of(List<Span> spans, long top) {
        double step = (double) WIDTH / Math.max(1, spans.size());
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            bars.add(new Bar(
                    span.from(),
                    span.counts(),
                    tenths(i * step + step * GAP / 2),
                    tenths(step * (1 - GAP)),
                    parts(span.counts(), top)));
        }
        return new Chart(bars, top);
    }

    private static List<Part> parts(Counts counts, long top) {
        List<Part> parts = new ArrayList<>();
        double ground = HEIGHT;
        for (Kind kind : Kind.values()) {
            double height = (double) HEIGHT * counts.of(kind) / top;
            if (height > 0) {
                ground -= height;
                parts.add(new Part(kind.label(), tenths(ground), tenths(height)));
            }
        }
        return parts;
    }

    /** To 1, 2 or 5 and zeroes, at least 10, so that one lonely delivery does not look like a storm. */
    static long roundedUp(long most) {
        long unit = 10;
        while (true) {
            for (long times : new long[] {1, 2, 5}) {
                if (unit * times >= most) {
                    return unit * times;
                }
            }
            unit *= 10;
        }
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    public boolean isEmpty() {
        return bars.stream().allMatch(bar -> bar.counts().total() == 0);
    }

    /** In all spans together. */
    public Counts getSum() {
        return bars.stream().map(Bar::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** Where lines help the eye, with their values. */
    public List<Line> getLines() {
        return Stream.of(top, top / 2)
                .map(value -> new Line(value, HEIGHT - (double) HEIGHT * value / top))
                .toList();
    }

    /** A line across. */
    public record Line(long value, double y) {}

    /** The spans in which anything happened, newest first: those that are worth a row of a table. */
    public List<Bar> getBusy() {
        List<Bar> busy = new ArrayList<>(
                bars.stream().filter(bar -> bar.counts().total() > 0).toList());
        java.util.Collections.reverse(busy);
        return busy;
    }
}
