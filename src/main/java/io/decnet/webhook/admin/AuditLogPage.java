package io.decnet.webhook.admin;

import io.decnet.webhook.security.AuditFilter;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.AuditPage;
import io.decnet.webhook.security.AuditView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who did what, when and from where. */
@Named
@RequestScoped
public class AuditLogPage {
    private static final int SHOWN = 50;

    @Inject
    AuditLog log;

    private @Nullable String who;
    private @Nullable String what;
    private @Nullable String after;
    private List<Line> lines = List.of();
    private Optional<UUID> next = Optional.empty();

    /** A line with what it changed as {@code field: before → after}. */
    public record Line(AuditView entry, List<String> changes) {}

    /** Once per request, before it is rendered. */
    public void load() {
        AuditFilter filter = new AuditFilter(
                Fields.given(who), Fields.given(what), Optional.empty(), Optional.empty(), Optional.empty());
        AuditPage page = log.page(filter, Ids.parse(after), SHOWN);
        lines = page.items().stream()
                .map(entry -> new Line(entry, changes(entry)))
                .toList();
        next = page.next();
    }

    private static List<String> changes(AuditView entry) {
        TreeSet<String> fields = new TreeSet<>(entry.before().keySet());
        fields.addAll(entry.after().keySet());
        return fields.stream()
                .map(field -> field + ": "
                        + java.util.stream.Stream.of(
                                        entry.before().get(field), entry.after().get(field))
                                .map(value -> value == null ? "–" : value)
                                .distinct()
                                .collect(Collectors.joining(" → ")))
                .toList();
    }

    public List<Line> getLines() {
        return lines;
    }

    /** Key of the next page, or empty on the last. */
    public String getNext() {
        return next.map(UUID::toString).orElse("");
    }

    public @Nullable String getWho() {
        return who;
    }

    public void setWho(@Nullable String who) {
        this.who = who;
    }

    public @Nullable String getWhat() {
        return what;
    }

    public void setWhat(@Nullable String what) {
        this.what = what;
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
