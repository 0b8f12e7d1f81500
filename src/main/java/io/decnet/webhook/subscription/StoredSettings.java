package io.decnet.webhook.subscription;

import io.decnet.webhook.config.Durations;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.security.SecretVault;
import io.decnet.webhook.security.WrongKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is delivered to, as it is stored. One that cannot be read, whoever wrote it, has a problem: nothing
 * is sent, its events wait in the table, and nobody else is harmed.
 *
 * @param secrets newest first; none when the newest cannot be opened. An older one that cannot be opened does not sign.
 */
record StoredSettings(
        List<Duration> retryDelays, Duration requestTimeout, List<String> secrets, Optional<String> problem) {

    /** The columns; a null one means the default. */
    record Columns(
            @Nullable String retrySchedule,
            @Nullable String requestTimeout,
            byte[] secret,
            byte @Nullable [] previousSecret) {

        StoredSettings read(SecretVault vault, Settings defaults) {
            List<String> problems = new ArrayList<>();
            List<Duration> delays = read("retry_schedule", retrySchedule, Durations::parseSchedule, problems)
                    .orElse(defaults.retrySchedule());
            Duration timeout = read("request_timeout", requestTimeout, SubscriptionRules::parseTimeout, problems)
                    .orElse(defaults.requestTimeout());
            List<String> secrets = new ArrayList<>();
            read("secret", secret, vault::open, problems).ifPresent(secrets::add);
            if (!secrets.isEmpty()) {
                read("previous_secret", previousSecret, vault::open, new ArrayList<>())
                        .ifPresent(secrets::add);
            }
            return new StoredSettings(
                    delays,
                    timeout,
                    List.copyOf(secrets),
                    problems.stream()
                            .findFirst()
                            .map(first ->
                                    "bad_settings: the stored " + first + "; nothing is sent until it is set anew"));
        }

        private static <S, T> Optional<T> read(
                String column, @Nullable S stored, Function<S, T> reader, List<String> problems) {
            if (stored == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(reader.apply(stored));
            } catch (IllegalArgumentException | WrongKey e) {
                problems.add(column + " cannot be read: " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
