package io.decnet.webhook.event;

import io.decnet.webhook.reason.Reason;
import java.util.Optional;

/**
 * What an event is about, such as {@code attacker.session.started}: dot-separated non-empty tokens of printable ASCII without space, at most 255
 * characters, none of them {@code *} or {@code >}.
 */
public record Topic(String value) {
    private static final String SYSTEM_WEBHOOK = "system.webhook.";

    /** @throws InvalidTopic when {@link #problem} has something to say */
    public Topic {
        problem(value).ifPresent(reason -> {
            throw new InvalidTopic("not a topic: " + reason);
        });
    }

    /** Why the text is no topic, or empty when it is one. */
    public static Optional<Reason> problem(String text) {
        return Tokens.problem(text).or(() -> wildcard(text));
    }

    private static Optional<Reason> wildcard(String text) {
        for (var token : Tokens.split(text)) {
            if (token.equals("*") || token.equals(">")) {
                return Optional.of(WrongTopic.WILDCARD.because(token));
            }
        }
        return Optional.empty();
    }

    /** Whether the topic belongs to this program itself, so that nobody outside may use it. */
    public boolean isSystemWebhook() {
        return value.startsWith(SYSTEM_WEBHOOK);
    }

    @Override
    public String toString() {
        return value;
    }
}
