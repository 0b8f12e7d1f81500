package io.decnet.webhook.subscription;

import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.reason.Reason;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The patterns of a subscription as they are stored: a JSON array of strings. One that cannot be read, whoever wrote
 * it, has no patterns and a problem: it matches nothing and harms nobody.
 */
record PatternList(List<TopicPattern> patterns, Optional<String> problem) {

    static String write(List<TopicPattern> patterns) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        patterns.forEach(pattern -> array.add(pattern.value()));
        return array.build().toString();
    }

    static PatternList read(String stored) {
        List<TopicPattern> patterns = new ArrayList<>();
        try (JsonReader reader = Json.createReader(new StringReader(stored))) {
            for (JsonValue value : reader.readArray()) {
                if (!(value instanceof JsonString text)) {
                    return unreadable("an element is not a string");
                }
                Optional<Reason> problem = TopicPattern.problem(text.getString());
                if (problem.isPresent()) {
                    return unreadable(problem.get().toString());
                }
                patterns.add(new TopicPattern(text.getString()));
            }
        } catch (RuntimeException e) {
            // Not JsonException alone: the server's reader says so of deep nesting in a bare RuntimeException.
            return unreadable("it is not a JSON array of strings");
        }
        return new PatternList(List.copyOf(patterns), Optional.empty());
    }

    private static PatternList unreadable(String reason) {
        return new PatternList(
                List.of(),
                Optional.of("bad_patterns: the stored patterns cannot be read and match nothing: " + reason));
    }

    List<String> texts() {
        return patterns.stream().map(TopicPattern::value).toList();
    }
}
