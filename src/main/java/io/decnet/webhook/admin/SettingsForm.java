package io.decnet.webhook.admin;

import io.decnet.webhook.subscription.Change;
import io.decnet.webhook.subscription.SettingsChange;
import io.decnet.webhook.subscription.SubscriptionSettings;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a webhook that are best left empty, which means the default. */
public class SettingsForm {
    private @Nullable String threshold;
    private @Nullable String schedule;
    private @Nullable String concurrency;
    private @Nullable String timeout;
    private @Nullable String description;

    void fill(SubscriptionSettings settings) {
        threshold = settings.circuitThreshold().map(String::valueOf).orElse("");
        schedule = settings.retrySchedule().orElse("");
        concurrency = settings.concurrency().map(String::valueOf).orElse("");
        timeout = settings.requestTimeout().orElse("");
        description = settings.description().orElse("");
    }

    /** Ids of the fields that should have a whole number and have not. */
    Stream<String> notNumbers() {
        return Stream.concat(
                number(threshold).isEmpty() ? Stream.of("threshold") : Stream.empty(),
                number(concurrency).isEmpty() ? Stream.of("concurrency") : Stream.empty());
    }

    /** To be asked for when all numbers are numbers. */
    SettingsChange change() {
        return new SettingsChange(
                number(threshold).orElseThrow(),
                text(schedule),
                number(concurrency).orElseThrow(),
                text(timeout),
                text(description));
    }

    private static Change<String> text(@Nullable String value) {
        return Fields.given(value).<Change<String>>map(Change.To::new).orElseGet(Change.Restore::new);
    }

    private static Optional<Change<Integer>> number(@Nullable String value) {
        try {
            return Optional.of(Fields.given(value)
                    .<Change<Integer>>map(text -> new Change.To<>(Integer.valueOf(text)))
                    .orElseGet(Change.Restore::new));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether anything differs from the default, so that it should be seen. */
    public boolean isCustomised() {
        return Stream.of(threshold, schedule, concurrency, timeout, description)
                .anyMatch(value -> Fields.given(value).isPresent());
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
}
