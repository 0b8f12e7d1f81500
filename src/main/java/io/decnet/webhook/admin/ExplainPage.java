package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitChange;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.delivery.EventTraces;
import io.decnet.webhook.delivery.RejectedEvents;
import io.decnet.webhook.delivery.RejectedView;
import io.decnet.webhook.delivery.StoredEvent;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.subscription.CircuitHistory;
import io.decnet.webhook.subscription.CircuitMoment;
import io.decnet.webhook.subscription.SubscriptionIndex;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why an event did or did not reach each webhook: by what is stored of it, else by the patterns of today. */
@Named
@RequestScoped
public class ExplainPage {
    private static final int SHOWN = 200;

    @Inject
    EventTraces traces;

    @Inject
    Deliveries deliveries;

    @Inject
    SubscriptionIndex index;

    @Inject
    CircuitHistory circuitHistory;

    @Inject
    RejectedEvents rejectedEvents;

    @Inject
    Language language;

    @Inject
    Harmless harmless;

    private @Nullable String q;
    private @Nullable String topic;
    private List<StoredEvent> events = List.of();
    private List<RejectedView> rejected = List.of();
    private Map<UUID, CircuitMoment> then = Map.of();
    private List<Reason> reasons = List.of();
    private Optional<String> problem = Optional.empty();
    private int further;

    /**
     * Why one webhook did or did not get it.
     *
     * @param delivery present when there is one
     * @param wanted whether a pattern of today matches
     */
    public record Reason(
            SubscriptionIndex.Entry webhook, Optional<DeliveryView> delivery, boolean wanted, String text) {
        private int rank() {
            return delivery.isPresent() ? 0 : wanted ? 1 : 2;
        }
    }

    /** Once per request, before it is rendered. */
    public void load() {
        Optional<String> asked = Fields.given(q);
        if (asked.isEmpty()) {
            return;
        }
        events = traces.events(asked.get());
        rejected = rejectedEvents.about(asked.get());
        Optional<StoredEvent> event = Optional.ofNullable(getEvent());
        String meant = event.map(StoredEvent::topic).orElse(asked.get());
        problem = Topic.problem(meant).map(language::text);
        if (problem.isEmpty()) {
            explain(new Topic(meant), event);
        }
    }

    private void explain(Topic topic, Optional<StoredEvent> event) {
        SubscriptionIndex.Snapshot now = index.refreshed();
        Set<UUID> wanting =
                now.match(topic).stream().map(SubscriptionIndex.Entry::id).collect(Collectors.toSet());
        Map<UUID, DeliveryView> got = event.map(StoredEvent::key).map(deliveries::ofEvent).orElse(List.of()).stream()
                .collect(Collectors.toMap(DeliveryView::webhook, Function.identity()));
        then = event.map(stored -> circuitHistory.last(got.keySet(), stored.receivedAt()))
                .orElse(Map.of());
        List<Reason> all = now.entries().stream()
                .map(entry -> reason(
                        entry,
                        Optional.ofNullable(got.get(entry.id())),
                        wanting.contains(entry.id()),
                        event.isPresent()))
                .sorted(Comparator.comparing(Reason::rank)
                        .thenComparing(reason -> reason.webhook().name(), String.CASE_INSENSITIVE_ORDER))
                .toList();
        reasons = all.subList(0, Math.min(all.size(), SHOWN));
        further = all.size() - reasons.size();
    }

    private Reason reason(
            SubscriptionIndex.Entry entry, Optional<DeliveryView> delivery, boolean wanted, boolean stored) {
        String text = delivery.map(present -> became(present) + wasOpen(entry.id()))
                .or(() -> entry.problem().map(language::warning).map(harmless::text))
                .orElseGet(() -> language.text(
                        stored
                                ? wanted ? "explain.later" : "explain.unwanted"
                                : wanted ? "explain.would." + entry.state() : "explain.wouldnot"));
        return new Reason(entry, delivery, wanted, text);
    }

    private String became(DeliveryView delivery) {
        String error = delivery.lastError().map(harmless::text).orElse("–");
        return language.text("explain." + delivery.state(), delivery.attempts(), error);
    }

    /** Whether the circuit was open when the event came, and by whom. */
    private String wasOpen(UUID webhook) {
        return Optional.ofNullable(then.get(webhook))
                .filter(moment ->
                        moment.kind() == CircuitChange.Kind.PAUSED || moment.kind() == CircuitChange.Kind.TRIPPED)
                .map(moment -> " "
                        + language.text(
                                "explain.then." + moment.kind(),
                                harmless.text(moment.who().orElse("–"))))
                .orElse("");
    }

    public boolean isAsked() {
        return Fields.given(q).isPresent();
    }

    /** Why what was asked for is neither an event nor a topic, or empty. */
    public String getProblem() {
        return problem.orElse("");
    }

    /** The event that is explained: of those with the id the one of the topic in the address, else the newest. */
    public @Nullable StoredEvent getEvent() {
        return events.stream()
                .filter(event -> event.topic().equals(topic))
                .findFirst()
                .or(() -> events.stream().findFirst())
                .orElse(null);
    }

    /** Events of the same id with other topics. */
    public List<StoredEvent> getOthers() {
        return events.stream().filter(event -> !event.equals(getEvent())).toList();
    }

    /** Messages lately rejected that may be meant. */
    public List<RejectedView> getRejected() {
        return rejected;
    }

    public @Nullable String getTopic() {
        return topic;
    }

    public void setTopic(@Nullable String topic) {
        this.topic = topic;
    }

    public List<Reason> getReasons() {
        return reasons;
    }

    /** How many webhooks are not shown: the last in a list of those that do not want it. */
    public int getFurther() {
        return further;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }
}
