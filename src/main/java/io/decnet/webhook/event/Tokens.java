package io.decnet.webhook.event;

import io.decnet.webhook.reason.Reason;
import java.util.Optional;

/** What topics and patterns have in common: dot-separated non-empty tokens of printable ASCII, at most 255 characters. */
final class Tokens {
    static final int MAX_LENGTH = 255;

    private Tokens() {}

    static Optional<Reason> problem(String text) {
        if (text.isEmpty()) {
            return Optional.of(WrongTopic.EMPTY.because());
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of(WrongTopic.TOO_LONG.because(MAX_LENGTH));
        }
        int tokenStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character > '~') {
                return Optional.of(WrongTopic.CHARACTER.because(i + 1, "U+%04X".formatted((int) character)));
            }
            if (character == '.') {
                if (i == tokenStart) {
                    return Optional.of(WrongTopic.EMPTY_TOKEN.because());
                }
                tokenStart = i + 1;
            }
        }
        return tokenStart == text.length() ? Optional.of(WrongTopic.EMPTY_TOKEN.because()) : Optional.empty();
    }

    static String[] split(String valid) {
        return valid.split("\\.", -1);
    }
}
