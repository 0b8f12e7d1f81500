package io.decnet.webhook.admin;

import io.decnet.webhook.tally.Counts;
import io.decnet.webhook.tally.Kind;
import io.decnet.webhook.tally.Lately;
import io.decnet.webhook.tally.Times;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** The whole system at one look: what came and what became of it, who is in trouble, what we depend on. */
@Named
@RequestScoped
public class OverviewPage {
    private static final int FEW = 10;
    private static final List<Integer> PERCENTILES = List.of(50, 95, 99);
    /** In milliseconds, the largest first. */
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1).toMillis());
        UNITS.put("h", Duration.ofHours(1).toMillis());
        UNITS.put("min", Duration.ofMinutes(1).toMillis());
        UNITS.put("s", Duration.ofSeconds(1).toMillis());
    }

    @Inject
    Standing standing;

    @Inject
    Lately lately;

    @Inject
    @Any
    @Readiness
    Instance<HealthCheck> checks;

    @Inject
    Language language;

    private Standing.@Nullable Picture now;
    private Lately.@Nullable Picture past;
    private List<Health> health = List.of();
    private List<Drawn> charts = List.of();

    /** A part of this node, or what it depends on. */
    public record Health(String name, boolean up) {}

    /**
     * A chart with the key of its title.
     *
     * @param start how long ago it begins, a key too
     */
    public record Drawn(String title, String start, Chart chart) {}

    /** Once per request, before it is rendered. */
    public void load() {
        // Before all that asks the database, which may be what is down.
        health =
                checks.stream().map(HealthCheck::call).map(OverviewPage::health).toList();
        now = standing.picture();
        Lately.Picture pictured = lately.picture();
        past = pictured;
        charts = List.of(
                new Drawn("overview.hour", "overview.hour.ago", Chart.of(pictured.hour())),
                new Drawn("overview.day", "overview.day.ago", Chart.of(pictured.day())));
    }

    private static Health health(HealthCheckResponse answer) {
        return new Health(answer.getName(), answer.getStatus() == HealthCheckResponse.Status.UP);
    }

    /** Whether what is shown is from before the database was away. */
    public boolean isOld() {
        return standing.isOld();
    }

    public Standing.@Nullable Picture getNow() {
        return now;
    }

    public Lately.@Nullable Picture getPast() {
        return past;
    }

    public List<Health> getHealth() {
        return health;
    }

    public List<Drawn> getCharts() {
        return charts;
    }

    public Kind[] getKinds() {
        return Kind.values();
    }

    /** Events a minute, in words. */
    public String getRate() {
        double rate = past == null ? 0 : past.eventsPerMinute();
        return rounded(rate);
    }

    /** How many of a hundred deliveries that ended in the last hour were delivered, or a dash. */
    public String getSuccess() {
        Counts hour = charts.isEmpty() ? Counts.NONE : charts.get(0).chart().getSum();
        long ended = hour.delivered() + hour.failed();
        if (ended == 0) {
            return "–";
        }
        // Rounded down: one failure among a million is not "100 %".
        NumberFormat format = NumberFormat.getPercentInstance(language.getLocale());
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(java.math.RoundingMode.DOWN);
        return format.format((double) hour.delivered() / ended);
    }

    /** The names of percentiles with their values in words. */
    public List<Map.Entry<String, String>> percentiles(Times times) {
        return PERCENTILES.stream()
                .map(percent -> Map.entry(
                        "p" + percent,
                        times.percentile(percent).map(this::words).orElse("–")))
                .toList();
    }

    /** With a digit or two that matter: more would be invented. */
    public String words(Duration took) {
        long millis = took.toMillis();
        return UNITS.entrySet().stream()
                .filter(unit -> millis >= unit.getValue())
                .findFirst()
                .map(unit -> rounded((double) millis / unit.getValue()) + " " + unit.getKey())
                .orElse(millis + " ms");
    }

    private String rounded(double value) {
        NumberFormat format = NumberFormat.getInstance(language.getLocale());
        format.setMaximumFractionDigits(value < FEW ? 1 : 0);
        return format.format(value);
    }
}
