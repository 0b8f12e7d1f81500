package io.decnet.webhook.egress;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs bodies in the two ways receivers check. Pure; safe for any thread. */
public final class Signer {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENCODED = "whsec_";
    private static final int MIN_CHARACTERS = 16;
    private static final int MAX_CHARACTERS = 256;
    private static final int MIN_KEY_BYTES = 16;

    private Signer() {}

    /** The value of {@code X-DECNET-Signature}: {@code sha256=} and the hex HMAC of the body, keyed by the secret's UTF-8 bytes as given. */
    public static String decnet(String secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(hmac(utf8(secret)).doFinal(body));
    }

    /**
     * The value of {@code webhook-signature} after Standard Webhooks: one {@code v1,…} for each secret, in the given order.
     *
     * @param timestamp epoch seconds, as sent in {@code webhook-timestamp}
     */
    public static String standard(List<String> secrets, String id, long timestamp, byte[] body) {
        byte[] prefix = utf8(id + "." + timestamp + ".");
        return secrets.stream()
                .map(secret -> "v1," + standard(secret, prefix, body))
                .collect(Collectors.joining(" "));
    }

    /** Why the text cannot be a secret, or empty when it can. */
    public static Optional<String> problem(String secret) {
        int characters = secret.codePointCount(0, secret.length());
        if (characters < MIN_CHARACTERS || characters > MAX_CHARACTERS) {
            return Optional.of("must have 16 to 256 characters");
        }
        if (secret.startsWith(ENCODED)
                && decoded(secret).filter(key -> key.length >= MIN_KEY_BYTES).isEmpty()) {
            return Optional.of("starts with whsec_, so the rest must be base64 of at least 16 bytes");
        }
        return Optional.empty();
    }

    private static String standard(String secret, byte[] prefix, byte[] body) {
        Mac mac = hmac(secret.startsWith(ENCODED) ? decoded(secret).orElseGet(() -> utf8(secret)) : utf8(secret));
        mac.update(prefix);
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private static Optional<byte[]> decoded(String secret) {
        try {
            return Optional.of(Base64.getDecoder().decode(secret.substring(ENCODED.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java runtime", e);
        }
    }
}
