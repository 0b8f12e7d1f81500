package io.decnet.webhook.subscription;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets made for those who give none. */
public final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A new one: 32 random bytes, URL-safe. */
    public static String made() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
