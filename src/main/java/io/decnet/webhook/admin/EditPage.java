package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.event.Preset;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.Change;
import io.decnet.webhook.subscription.Created;
import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import io.decnet.webhook.subscription.NameTaken;
import io.decnet.webhook.subscription.NewSubscription;
import io.decnet.webhook.subscription.NoPatterns;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.SettingsChange;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of a new webhook, or of one there is when the address has its id. */
@Named
@RequestScoped
public class EditPage {
    private static final String TO_SECRET = "/secret?faces-redirect=true";
    private static final Map<String, String> FIELDS = Map.of(
            "name", "name",
            "url", "url",
            "secret", "secret",
            "settings.circuit_threshold", "threshold",
            "settings.retry_schedule", "schedule",
            "settings.concurrency", "concurrency",
            "settings.request_timeout", "timeout",
            "settings.description", "description");

    /** What the form can ask of the circuit. */
    public enum CircuitWish {
        KEEP("Leave as it is"),
        ENABLE("Enable, deliver what is held"),
        ENABLE_DISCARD("Enable, discard what is held"),
        PAUSE("Pause, hold what comes");

        private final String label;

        CircuitWish(String label) {
            this.label = label;
        }
    }

    @Inject
    Subscriptions subscriptions;

    @Inject
    Caller caller;

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String url;
    private @Nullable String secret;
    private @Nullable String patterns;
    private @Nullable String topic;
    private @Nullable String threshold;
    private @Nullable String schedule;
    private @Nullable String concurrency;
    private @Nullable String timeout;
    private @Nullable String description;
    private List<String> presets = new ArrayList<>();
    private boolean enabled = true;
    private CircuitWish circuit = CircuitWish.KEEP;

    /** Known from the first phase on: what the form renders, and so reads, depends on it. */
    @PostConstruct
    void readId() {
        id = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get("id");
    }

    /** Fills the form; goes back to the list when the id is of nothing. */
    public @Nullable String open() {
        if (!isExisting()) {
            return null;
        }
        Optional<SubscriptionView> found = found();
        found.ifPresentOrElse(this::fill, () -> Notices.error("There is no such webhook."));
        return found.isPresent() ? null : Notices.TO_LIST;
    }

    private void fill(SubscriptionView webhook) {
        name = webhook.name();
        url = webhook.url();
        List<String> left = new ArrayList<>(webhook.topicPatterns());
        for (Preset preset : Preset.values()) {
            List<String> texts =
                    preset.patterns().stream().map(TopicPattern::value).toList();
            if (left.containsAll(texts)) {
                presets.add(preset.label());
                left.removeAll(texts);
            }
        }
        patterns = String.join("\n", left);
        threshold = webhook.settings().circuitThreshold().map(String::valueOf).orElse("");
        schedule = webhook.settings().retrySchedule().orElse("");
        concurrency = webhook.settings().concurrency().map(String::valueOf).orElse("");
        timeout = webhook.settings().requestTimeout().orElse("");
        description = webhook.settings().description().orElse("");
        if (webhook.state() == CircuitState.TRIPPED) {
            circuit = CircuitWish.ENABLE;
        }
    }

    /** Says whether the patterns of the form match the topic. */
    public void tryTopic() {
        String wanted = text(topic);
        Optional<String> problem = Topic.problem(wanted);
        if (problem.isPresent()) {
            Notices.field("topic", FacesMessage.SEVERITY_ERROR, "not a topic: " + problem.get());
            return;
        }
        Topic tried = new Topic(wanted);
        List<String> matching = Stream.concat(
                        presets.stream()
                                .flatMap(label -> Preset.labelled(label).stream())
                                .flatMap(p -> p.patterns().stream()),
                        lines().stream()
                                .filter(line -> TopicPattern.problem(line).isEmpty())
                                .map(TopicPattern::new))
                .filter(pattern -> pattern.matches(tried))
                .map(TopicPattern::value)
                .distinct()
                .toList();
        Notices.field(
                "topic",
                FacesMessage.SEVERITY_INFO,
                matching.isEmpty() ? "no pattern matches" : "matches " + String.join(" and ", matching));
    }

    public @Nullable String save() {
        if (!caller.isAllowedToChange()) {
            Notices.error("The role viewer may not change anything.");
            return Notices.TO_LIST;
        }
        try {
            Optional<SettingsChange> settings = settings();
            if (settings.isEmpty()) {
                return null;
            }
            return isExisting() ? update(settings.get()) : create(settings.get());
        } catch (Invalid e) {
            e.errors().forEach(EditPage::show);
        } catch (NoPatterns e) {
            Notices.field("patterns", FacesMessage.SEVERITY_ERROR, "choose a preset or give a pattern");
        } catch (NameTaken e) {
            Notices.field("name", FacesMessage.SEVERITY_ERROR, String.valueOf(e.getMessage()));
        } catch (NoSuchSubscription e) {
            Notices.error("This webhook has been deleted.");
            return Notices.TO_LIST;
        }
        return null;
    }

    private static void show(FieldError error) {
        boolean ofPatterns =
                error.field().startsWith("topic_patterns") || error.field().startsWith("simple_events");
        String id = ofPatterns ? "patterns" : FIELDS.getOrDefault(error.field(), "name");
        Notices.field(id, FacesMessage.SEVERITY_ERROR, error.message());
    }

    private String create(SettingsChange settings) {
        Created created = subscriptions.create(
                new NewSubscription(text(name), text(url), given(secret), presets, lines(), enabled, settings));
        Notices.info("Created: " + created.subscription().name());
        return showOnce(created.secret());
    }

    private String update(SettingsChange settings) {
        boolean enable = circuit == CircuitWish.ENABLE || circuit == CircuitWish.ENABLE_DISCARD;
        Optional<Boolean> wish = circuit == CircuitWish.KEEP ? Optional.empty() : Optional.of(enable);
        SubscriptionView saved = subscriptions.patch(
                uuid(),
                new SubscriptionPatch(
                        Optional.of(text(name)),
                        Optional.of(text(url)),
                        given(secret),
                        Optional.of(presets),
                        Optional.of(lines()),
                        wish,
                        circuit == CircuitWish.ENABLE_DISCARD,
                        settings),
                Optional.empty());
        Notices.info("Saved: " + saved.name());
        return Notices.TO_LIST;
    }

    /** Makes a new secret and shows it once. */
    public String rotate() {
        if (!caller.isAllowedToChange()) {
            return Notices.TO_LIST;
        }
        return showOnce(subscriptions.rotateSecret(uuid(), Optional.empty()));
    }

    private static String showOnce(String secret) {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().put("secret", secret);
        return TO_SECRET;
    }

    /** Empty when a number is none; the field then says so. */
    private Optional<SettingsChange> settings() {
        Optional<Change<Integer>> failures = number("threshold", threshold);
        Optional<Change<Integer>> attempts = number("concurrency", concurrency);
        if (failures.isEmpty() || attempts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SettingsChange(
                failures.get(), change(schedule), attempts.get(), change(timeout), change(description)));
    }

    private static Change<String> change(@Nullable String value) {
        return given(value).<Change<String>>map(Change.To::new).orElseGet(Change.Restore::new);
    }

    private static Optional<Change<Integer>> number(String field, @Nullable String value) {
        try {
            return Optional.of(given(value)
                    .<Change<Integer>>map(text -> new Change.To<>(Integer.valueOf(text)))
                    .orElseGet(Change.Restore::new));
        } catch (NumberFormatException e) {
            Notices.field(field, FacesMessage.SEVERITY_ERROR, "must be a whole number");
            return Optional.empty();
        }
    }

    private List<String> lines() {
        return text(patterns)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.of(text(value)).filter(text -> !text.isEmpty());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private UUID uuid() {
        return Ids.parse(id).orElse(new UUID(0, 0));
    }

    private Optional<SubscriptionView> found() {
        return Ids.parse(id).flatMap(subscriptions::find);
    }

    public boolean isExisting() {
        return given(id).isPresent();
    }

    public String getTitle() {
        return isExisting() ? "Edit webhook" : "New webhook";
    }

    public String getStateLabel() {
        return found().map(webhook -> webhook.state().name()).orElse("");
    }

    public boolean isCustomised() {
        return Stream.of(threshold, schedule, concurrency, timeout, description)
                .anyMatch(value -> !text(value).isEmpty());
    }

    /** Labels of the presets with what they stand for. */
    public Map<String, String> getAllPresets() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Preset preset : Preset.values()) {
            all.put(preset.label(), preset.label());
        }
        return all;
    }

    public Map<String, CircuitWish> getCircuitChoices() {
        Map<String, CircuitWish> choices = new LinkedHashMap<>();
        for (CircuitWish wish : CircuitWish.values()) {
            choices.put(wish.label, wish);
        }
        return choices;
    }

    public @Nullable String getId() {
        return id;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUrl(@Nullable String url) {
        this.url = url;
    }

    public @Nullable String getSecret() {
        return secret;
    }

    public void setSecret(@Nullable String secret) {
        this.secret = secret;
    }

    public @Nullable String getPatterns() {
        return patterns;
    }

    public void setPatterns(@Nullable String patterns) {
        this.patterns = patterns;
    }

    public @Nullable String getTopic() {
        return topic;
    }

    public void setTopic(@Nullable String topic) {
        this.topic = topic;
    }

    public @Nullable String getThreshold() {
        return threshold;
    }

    public void setThreshold(@Nullable String threshold) {
        this.threshold = threshold;
    }

    public @Nullable String getSchedule() {
        return schedule;
    }

    public void setSchedule(@Nullable String schedule) {
        this.schedule = schedule;
    }

    public @Nullable String getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(@Nullable String concurrency) {
        this.concurrency = concurrency;
    }

    public @Nullable String getTimeout() {
        return timeout;
    }

    public void setTimeout(@Nullable String timeout) {
        this.timeout = timeout;
    }

    public @Nullable String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description;
    }

    public List<String> getPresets() {
        return presets;
    }

    public void setPresets(List<String> presets) {
        this.presets = presets;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public CircuitWish getCircuit() {
        return circuit;
    }

    public void setCircuit(CircuitWish circuit) {
        this.circuit = circuit;
    }
}
