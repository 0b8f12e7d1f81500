package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.errand.Errands;
import io.decnet.webhook.event.Preset;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.Created;
import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import io.decnet.webhook.subscription.NameTaken;
import io.decnet.webhook.subscription.NoPatterns;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.SettingsChange;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import io.decnet.webhook.subscription.TooMany;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of a new webhook, or of one there is when the address has its id. */
@Named
@RequestScoped
public class EditPage {
    private static final Map<String, String> FIELDS = Map.of(
            "name", "name",
            "url", "url",
            "secret", "secret",
            "settings.circuit_threshold", "threshold",
            "settings.retry_schedule", "schedule",
            "settings.concurrency", "concurrency",
            "settings.request_timeout", "timeout",
            "settings.description", "description");

    @Inject
    Subscriptions subscriptions;

    @Inject
    PassingFaults faults;

    @Inject
    Caller caller;

    @Inject
    Language language;

    @Inject
    Notices notices;

    @Inject
    Errands errands;

    @Inject
    Patience patience;

    @Inject
    SecretOnce secretOnce;

    private final WebhookForm webhook = new WebhookForm();
    private final SettingsForm settings = new SettingsForm();
    private @Nullable String id;
    private Optional<CircuitState> state = Optional.empty();

    /** Known from the first phase on: what the form renders, and so reads, depends on it. */
    @PostConstruct
    void readId() {
        id = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get("id");
        state = found().map(SubscriptionView::state);
    }

    /** Fills the form; goes back to the list when the id is of nothing. */
    public @Nullable String open() {
        if (!isExisting()) {
            return null;
        }
        Optional<SubscriptionView> found = found();
        found.ifPresentOrElse(this::fill, () -> notices.error("webhook.none"));
        return found.isPresent() ? null : Notices.TO_LIST;
    }

    private void fill(SubscriptionView stored) {
        webhook.fill(stored);
        settings.fill(stored.settings());
        if (stored.state() == CircuitState.TRIPPED) {
            webhook.setCircuit(CircuitWish.ENABLE);
        }
    }

    public @Nullable String save() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        List<String> notNumbers = settings.notNumbers().toList();
        notNumbers.forEach(field -> notices.wrong(field, language.text("edit.nonumber")));
        if (!notNumbers.isEmpty()) {
            return null;
        }
        try {
            return isExisting() ? update(settings.change()) : create(settings.change());
        } catch (Invalid e) {
            e.errors().forEach(this::show);
        } catch (NoPatterns e) {
            notices.wrong("patterns", language.text("edit.nopatterns"));
        } catch (NameTaken e) {
            notices.wrong("name", language.text("edit.nametaken"));
        } catch (TooMany e) {
            notices.wrong("name", language.text("edit.toomany", e.most()));
        } catch (NoSuchSubscription e) {
            notices.error("webhook.gone");
            return Notices.TO_LIST;
        }
        return null;
    }

    private void show(FieldError error) {
        boolean ofPatterns =
                error.field().startsWith("topic_patterns") || error.field().startsWith("simple_events");
        notices.wrong(ofPatterns ? "patterns" : FIELDS.getOrDefault(error.field(), "name"), error.reason());
    }

    private String create(SettingsChange change) {
        Created created = faults.answer(() -> subscriptions.create(webhook.creation(change)));
        notices.info("edit.created", created.subscription().name());
        return secretOnce.show(created.subscription(), created.secret());
    }

    private String update(SettingsChange change) {
        UUID uuid = Ids.parse(id).orElse(new UUID(0, 0));
        SubscriptionView saved =
                faults.answer(() -> subscriptions.patch(uuid, webhook.patch(change), Optional.empty()));
        notices.info("edit.saved", saved.name());
        boolean discards = webhook.getCircuit() == CircuitWish.ENABLE_DISCARD && saved.state() != CircuitState.ACTIVE;
        return discards
                ? patience.after(errands.discard(uuid, saved.name()), "edit.discarded", saved.name())
                : Notices.TO_LIST;
    }

    private Optional<SubscriptionView> found() {
        return Ids.parse(id).flatMap(subscriptions::find);
    }

    public boolean isExisting() {
        return Fields.given(id).isPresent();
    }

    public boolean isTripped() {
        return state.equals(Optional.of(CircuitState.TRIPPED));
    }

    public String getState() {
        return state.map(CircuitState::name).orElse("");
    }

    /** From labels of presets, with what they stand for, to their names. */
    public Map<String, String> getAllPresets() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Preset preset : Preset.values()) {
            String patterns =
                    preset.patterns().stream().map(TopicPattern::value).collect(Collectors.joining(", "));
            all.put(preset.label() + " (" + patterns + ")", preset.label());
        }
        return all;
    }

    public Map<String, CircuitWish> getCircuitChoices() {
        return Stream.of(CircuitWish.values())
                .collect(Collectors.toMap(
                        wish -> language.text("wish." + wish), wish -> wish, (a, b) -> a, LinkedHashMap::new));
    }

    public WebhookForm getWebhook() {
        return webhook;
    }

    public SettingsForm getSettings() {
        return settings;
    }

    public @Nullable String getId() {
        return id;
    }
}
