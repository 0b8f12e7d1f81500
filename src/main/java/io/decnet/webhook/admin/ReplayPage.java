package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.errand.ErrandRun;
import io.decnet.webhook.errand.Errands;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.SubscriptionView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends finished deliveries of a webhook again, from a point in time on. */
@Named
@RequestScoped
public class ReplayPage {
    private static final String SINCE_SUCCESS = "success";
    private static final String SINCE_TIME = "time";
    private static final Map<String, Duration> AGES = Map.of(
            "15m", Duration.ofMinutes(15),
            "1h", Duration.ofHours(1),
            "6h", Duration.ofHours(6),
            "24h", Duration.ofHours(24),
            "7d", Duration.ofDays(7));

    private static final List<String> CHOICES = List.of("15m", "1h", "6h", "24h", "7d", SINCE_SUCCESS, SINCE_TIME);

    @Inject
    Errands errands;

    @Inject
    WebhookAddress webhook;

    @Inject
    Caller caller;

    @Inject
    Patience patience;

    @Inject
    Notices notices;

    @Inject
    Language language;

    @Inject
    Clock clock;

    private String from = "1h";
    private @Nullable String time;
    private List<String> states = List.of(DeliveryState.FAILED.name(), DeliveryState.DISCARDED.name());

    public @Nullable String replay() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        webhook.open();
        if (!isActive()) {
            notices.error("replay.notactive", webhook.getName());
            return Notices.TO_LIST;
        }
        Optional<Instant> since = since();
        if (since.isEmpty()) {
            notices.wrong("time", language.text("replay.notime"));
            return null;
        }
        List<DeliveryState> wanted = states.stream()
                .flatMap(state -> Choice.of(DeliveryState.class, state).stream())
                .toList();
        if (wanted.isEmpty()) {
            notices.info("replay.done", 0, webhook.getName());
            return Notices.TO_LIST;
        }
        ErrandRun.Replay wish = new ErrandRun.Replay(webhook.uuid(), since.get(), Set.copyOf(wanted));
        return patience.after(errands.replay(wish, webhook.getName()), "replay.done", webhook.getName());
    }

    private Optional<Instant> since() {
        if (AGES.containsKey(from)) {
            return Optional.ofNullable(AGES.get(from)).map(clock.instant()::minus);
        }
        if (from.equals(SINCE_SUCCESS)) {
            return webhook.found().flatMap(SubscriptionView::lastSuccessAt);
        }
        try {
            return Fields.given(time).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Only what is delivered at all can be delivered again. */
    public boolean isActive() {
        return webhook.found()
                .filter(found -> found.state() == CircuitState.ACTIVE)
                .isPresent();
    }

    public Map<String, String> getChoices() {
        return CHOICES.stream()
                .collect(Collectors.toMap(
                        choice -> language.text("replay.from." + choice), c -> c, (a, b) -> a, LinkedHashMap::new));
    }

    public Map<String, String> getStateChoices() {
        return Stream.of(DeliveryState.FAILED, DeliveryState.DISCARDED, DeliveryState.DELIVERED)
                .collect(Collectors.toMap(
                        state -> language.text("delivery." + state), Enum::name, (a, b) -> a, LinkedHashMap::new));
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    /** ISO-8601 in UTC, as the script of the page writes it. */
    public @Nullable String getTime() {
        return time;
    }

    public void setTime(@Nullable String time) {
        this.time = time;
    }

    public List<String> getStates() {
        return states;
    }

    public void setStates(List<String> states) {
        this.states = states;
    }
}
