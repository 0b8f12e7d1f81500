package io.decnet.webhook.event;

import io.decnet.webhook.reason.Reason;
import java.util.Optional;

/**
 * A filter of topics by the rules of NATS: a token {@code *} stands for exactly one token, a last token {@code >} for one or more, all else is
 * literal. {@code decky.*.state} matches {@code decky.7.state}; {@code attacker.>} matches {@code attacker.a.b} and not {@code attacker};
 * {@code foo*} matches only {@code foo*}, which is a token like any other.
 */
public record TopicPattern(String value) {
    /** @throws InvalidPattern when {@link #problem} has something to say */
    public TopicPattern {
        problem(value).ifPresent(reason -> {
            throw new InvalidPattern("not a topic pattern: " + reason);
        });
    }

    /** Why the text is no pattern, or empty when it is one. */
    public static Optional<Reason> problem(String text) {
        return Tokens.problem(text).or(() -> restInTheMiddle(text));
    }

    private static Optional<Reason> restInTheMiddle(String text) {
        var tokens = Tokens.split(text);
        for (int i = 0; i < tokens.length - 1; i++) {
            if (tokens[i].equals(">")) {
                return Optional.of(WrongTopic.REST_NOT_LAST.because());
            }
        }
        return Optional.empty();
    }

    /** The rules, token by token; {@link PatternTrie} does the same for many patterns at once. */
    public boolean matches(Topic topic) {
        var filter = Tokens.split(value);
        var tokens = Tokens.split(topic.value());
        for (int i = 0; i < filter.length; i++) {
            if (i == tokens.length) {
                return false;
            }
            if (filter[i].equals(">")) {
                return true;
            }
            if (!filter[i].equals("*") && !filter[i].equals(tokens[i])) {
                return false;
            }
        }
        return filter.length == tokens.length;
    }

    @Override
    public String toString() {
        return value;
    }
}
