package io.decnet.webhook.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token as its holder has it: {@code dwt_} and 32 random bytes in base64url. So much chance cannot be guessed, so its hash may be a fast one: a
 * slow hash is for what people think up.
 */
record TokenText(String value) {
    private static final String SCHEME = "Bearer ";
    private static final String PREFIX = "dwt_";
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    static TokenText random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new TokenText(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether the header {@code Authorization} is about a token at all. */
    static boolean isIn(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** The token in the header {@code Authorization}; empty when there is none that could be ours. */
    static Optional<TokenText> in(String header) {
        return Optional.of(header)
                .filter(TokenText::isIn)
                .map(text -> text.substring(SCHEME.length()).strip())
                .filter(FORM.asMatchPredicate())
                .map(TokenText::new);
    }

    /** SHA-256 in hex. */
    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "TokenText[…]";
    }
}
