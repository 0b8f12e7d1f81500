package io.decnet.webhook.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A JSON value in one fixed form: keys sorted at every level, no white space, number literals as they were written, the
 * last of duplicate keys.
 *
 * @param text the value in that form
 * @param members of an object; empty for any other value
 * @param string the value of a string
 */
record CanonicalJson(String text, Optional<Map<String, CanonicalJson>> members, Optional<String> string) {
    private static final int MAX_DEPTH = 500;
    // Keys are attackers' words: a shared table of them would only grow.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** @throws NotJson with the reason */
    static CanonicalJson read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new NotJson("the body is empty");
            }
            CanonicalJson value = value(parser);
            if (parser.nextToken() != null) {
                throw new NotJson("the body goes on after its JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            // The parser's own words quote the body, and reasons are logged.
            throw new NotJson("the body is not JSON: " + cause(e));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private static String cause(JsonProcessingException fault) {
        if (fault instanceof StreamConstraintsException) {
            return "it is nested deeper than " + MAX_DEPTH + " levels";
        }
        String what = fault instanceof JsonEOFException ? "it ends too early" : "it has an unexpected character";
        return what + " at line " + fault.getLocation().getLineNr() + ", column "
                + fault.getLocation().getColumnNr();
    }

    /** The text is not a JSON value; the message says why. */
    static final class NotJson extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        NotJson(String reason) {
            super(reason);
        }
    }

    private static CanonicalJson value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING ->
                new CanonicalJson(quoted(parser.getText()), Optional.empty(), Optional.of(parser.getText()));
            default -> new CanonicalJson(parser.getText(), Optional.empty(), Optional.empty());
        };
    }

    private static CanonicalJson object(JsonParser parser) throws IOException {
        Map<String, CanonicalJson> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        String text = members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue().text())
                .collect(Collectors.joining(",", "{", "}"));
        return new CanonicalJson(text, Optional.of(members), Optional.empty());
    }

    private static CanonicalJson array(JsonParser parser) throws IOException {
        List<String> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser).text());
        }
        return new CanonicalJson("[" + String.join(",", elements) + "]", Optional.empty(), Optional.empty());
    }

    /** A lone surrogate has no UTF-8 form: it stays an escape. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        char[] escaped = JsonStringEncoder.getInstance().quoteAsString(text);
        for (int i = 0; i < escaped.length; i++) {
            char c = escaped[i];
            if (!Character.isSurrogate(c)) {
                quoted.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < escaped.length
                    && Character.isLowSurrogate(escaped[i + 1])) {
                quoted.append(c).append(escaped[++i]);
            } else {
                quoted.append(String.format("\\u%04X", (int) c));
            }
        }
        return quoted.append('"').toString();
    }
}
