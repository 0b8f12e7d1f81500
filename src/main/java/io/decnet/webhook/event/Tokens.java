package io.decnet.webhook.event;

import java.util.Optional;

/** What topics and patterns have in common: dot-separated non-empty tokens of printable ASCII, at most 255 characters. */
final class Tokens {
    static final int MAX_LENGTH = 255;

    private Tokens() {}

    static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of("it is longer than " + MAX_LENGTH + " characters");
        }
        int tokenStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character > '~') {
                return Optional.of(
                        "character %d (U+%04X) is not printable ASCII without space".formatted(i + 1, (int) character));
            }
            if (character == '.') {
                if (i == tokenStart) {
                    return Optional.of("it has an empty token");
                }
                tokenStart = i + 1;
            }
        }
        return tokenStart == text.length() ? Optional.of("it has an empty token") : Optional.empty();
    }

    static String[] split(String valid) {
        return valid.split("\\.", -1);
    }
}
