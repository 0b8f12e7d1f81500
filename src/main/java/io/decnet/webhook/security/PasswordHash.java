package io.decnet.webhook.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-512, written as {@code pbkdf2-sha512:<iterations>:<salt>:<hash>}, so that the iterations can rise without a migration. One
 * call takes about a tenth of a second; that is the point.
 */
final class PasswordHash {
    // OWASP's figure for this function.
    static final int ITERATIONS = 210_000;
    private static final String NAME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int PARTS = 4;

    private final int iterations;
    private final SecureRandom random = new SecureRandom();

    PasswordHash(int iterations) {
        this.iterations = iterations;
    }

    String of(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var base64 = Base64.getEncoder();
        return String.join(
                ":",
                NAME,
                Integer.toString(iterations),
                base64.encodeToString(salt),
                base64.encodeToString(derive(password, salt, iterations)));
    }

    /** Whether the password belongs to the hash; takes its time either way. */
    boolean matches(String password, String hash) {
        var parts = hash.split(":", -1);
        if (parts.length != PARTS || !parts[0].equals(NAME)) {
            throw new IllegalStateException("a stored password hash has an unknown form");
        }
        var base64 = Base64.getDecoder();
        var derived = derive(password, base64.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, base64.decode(parts[3]));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
