package io.decnet.webhook.subscription;

/** What a request says of the settings of a subscription. */
public record SettingsChange(
        Change<Integer> circuitThreshold,
        Change<String> retrySchedule,
        Change<Integer> concurrency,
        Change<String> requestTimeout,
        Change<String> description) {
    /** Nothing is said. */
    public static final SettingsChange NONE = new SettingsChange(
            new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>());
}
