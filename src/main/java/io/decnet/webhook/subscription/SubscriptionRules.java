package io.decnet.webhook.subscription;

import io.decnet.webhook.config.Durations;
import io.decnet.webhook.config.Unseen;
import io.decnet.webhook.egress.DestinationPolicy;
import io.decnet.webhook.egress.Signer;
import io.decnet.webhook.event.Preset;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.reason.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a field of a subscription must be; the same for REST and the page. Each check adds what it finds to the list. */
@ApplicationScoped
class SubscriptionRules {
    private static final String PRESETS =
            Stream.of(Preset.values()).map(Preset::label).collect(Collectors.joining(", "));
    private static final int MAX_NAME = 64;
    private static final int MAX_PATTERNS = 64;
    private static final int MAX_DESCRIPTION = 500;
    private static final int MAX_THRESHOLD = 1000;
    private static final int MAX_CONCURRENCY = 64;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    @Inject
    DestinationPolicy destinations;

    void name(String name, List<FieldError> errors) {
        int length = name.codePointCount(0, name.length());
        if (name.isBlank() || length > MAX_NAME) {
            errors.add(new FieldError("name", WrongField.NAME_LENGTH.because(MAX_NAME)));
        } else if (name.codePoints().anyMatch(Unseen::is)) {
            errors.add(new FieldError("name", WrongField.NAME_CHARACTERS.because()));
        }
    }

    /** Returns the warnings of an URL that is allowed. */
    List<String> url(String url, List<FieldError> errors) {
        DestinationPolicy.Verdict verdict = destinations.check(url);
        if (verdict instanceof DestinationPolicy.Verdict.Refused refused) {
            errors.add(new FieldError("url", refused.reason()));
            return List.of();
        }
        return ((DestinationPolicy.Verdict.Allowed) verdict).warnings();
    }

    void secret(String secret, List<FieldError> errors) {
        Signer.problem(secret).ifPresent(problem -> errors.add(new FieldError("secret", problem)));
    }

    /** The patterns of both fields together, presets first. */
    List<TopicPattern> patterns(List<String> simpleEvents, List<String> topicPatterns, List<FieldError> errors) {
        List<Preset> presets = new ArrayList<>();
        for (String label : simpleEvents) {
            Preset.labelled(label)
                    .ifPresentOrElse(
                            presets::add,
                            () -> errors.add(
                                    new FieldError("simple_events", WrongField.NO_PRESET.because(label, PRESETS))));
        }
        List<TopicPattern> raw = new ArrayList<>();
        for (String text : topicPatterns) {
            Optional<Reason> problem = TopicPattern.problem(text);
            problem.ifPresentOrElse(
                    reason -> errors.add(new FieldError("topic_patterns", reason)),
                    () -> raw.add(new TopicPattern(text)));
        }
        List<TopicPattern> all = Preset.combine(presets, raw);
        if (all.size() > MAX_PATTERNS) {
            errors.add(
                    new FieldError("topic_patterns", WrongField.TOO_MANY_PATTERNS.because(MAX_PATTERNS, all.size())));
        }
        return all;
    }

    static boolean isOfPatterns(FieldError error) {
        return error.field().equals("simple_events") || error.field().equals("topic_patterns");
    }

    void settings(SettingsChange change, List<FieldError> errors) {
        range(change.circuitThreshold(), "settings.circuit_threshold", MAX_THRESHOLD, errors);
        range(change.concurrency(), "settings.concurrency", MAX_CONCURRENCY, errors);
        if (change.retrySchedule() instanceof Change.To<String> to) {
            try {
                Durations.parseSchedule(to.value());
            } catch (IllegalArgumentException e) {
                errors.add(
                        new FieldError("settings.retry_schedule", WrongField.SCHEDULE.because(Durations.MAX_DELAYS)));
            }
        }
        if (change.requestTimeout() instanceof Change.To<String> to) {
            timeout(to.value(), errors);
        }
        if (change.description() instanceof Change.To<String> to
                && (to.value().length() > MAX_DESCRIPTION || to.value().indexOf('\u0000') >= 0)) {
            errors.add(new FieldError("settings.description", WrongField.DESCRIPTION.because(MAX_DESCRIPTION)));
        }
    }

    private static void range(Change<Integer> change, String field, int max, List<FieldError> errors) {
        if (change instanceof Change.To<Integer> to && (to.value() < 1 || to.value() > max)) {
            errors.add(new FieldError(field, WrongField.OUT_OF_RANGE.because(max)));
        }
    }

    private static void timeout(String text, List<FieldError> errors) {
        try {
            parseTimeout(text);
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError("settings.request_timeout", WrongField.TIMEOUT.because()));
        }
    }

    /**
     * Reads a request timeout.
     *
     * @throws IllegalArgumentException with the reason, when it is none or out of range
     */
    static Duration parseTimeout(String text) {
        Duration timeout = Durations.parse(text);
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("must be from 100ms to 60s");
        }
        return timeout;
    }
}
