package io.decnet.webhook.subscription;

import java.util.List;
import java.util.Optional;

/**
 * Changes to a subscription; empty means unchanged. A pattern field given replaces the whole set.
 *
 * @param discardHeld with {@code enabled} true: discard what the open circuit held instead of delivering it
 */
public record SubscriptionPatch(
        Optional<String> name,
        Optional<String> url,
        Optional<String> secret,
        Optional<List<String>> simpleEvents,
        Optional<List<String>> topicPatterns,
        Optional<Boolean> enabled,
        boolean discardHeld,
        SettingsChange settings) {

    /** A patch that only enables or pauses; held deliveries are delivered. */
    public static SubscriptionPatch enabled(boolean enabled) {
        return switched(enabled, false);
    }

    /** A patch that only enables; held deliveries are discarded. */
    public static SubscriptionPatch enabledWithoutHeld() {
        return switched(true, true);
    }

    private static SubscriptionPatch switched(boolean enabled, boolean discardHeld) {
        return new SubscriptionPatch(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(enabled),
                discardHeld,
                SettingsChange.NONE);
    }
}
