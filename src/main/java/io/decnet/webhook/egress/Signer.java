package io.decnet.webhook.egress;

import io.decnet.webhook.reason.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 signatures: our own over the body, and those of Standard Webhooks over id, time and body. */
public final class Signer {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENCODED = "whsec_";
    private static final int MIN_LENGTH = 16;
    private static final int MAX_LENGTH = 256;
    private static final int MIN_KEY_BYTES = 16;

    private Signer() {}

    /** {@code X-DECNET-Signature}: the key is the secret's UTF-8 bytes as given. */
    public static String decnet(String secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), body));
    }

    /**
     * {@code webhook-signature}: one {@code v1,…} for each secret, in their order. The key is what follows
     * {@code whsec_}, decoded from base64, or the UTF-8 bytes of any other secret.
     */
    public static String standard(List<String> secrets, String id, long timestamp, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 64);
        signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        byte[] content = signed.toByteArray();
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(key(secret), content)))
                .collect(Collectors.joining(" "));
    }

    /** Why this cannot be a secret; empty when it can. */
    public static Optional<Reason> problem(String secret) {
        if (secret.length() < MIN_LENGTH || secret.length() > MAX_LENGTH) {
            return Optional.of(WrongSecret.LENGTH.because(MIN_LENGTH, MAX_LENGTH));
        }
        if (!secret.startsWith(ENCODED)) {
            return Optional.empty();
        }
        try {
            return key(secret).length >= MIN_KEY_BYTES
                    ? Optional.empty()
                    : Optional.of(WrongSecret.TOO_SHORT_A_KEY.because(MIN_KEY_BYTES));
        } catch (IllegalArgumentException e) {
            return Optional.of(WrongSecret.NOT_BASE64.because());
        }
    }

    private static byte[] key(String secret) {
        return secret.startsWith(ENCODED)
                ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
