package io.decnet.webhook.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a few minutes after its last use which password went with which hash, so that HTTP Basic does not pay for the slow hash on every call. Kept is an HMAC
 * under a key that lives in this process only. It covers the stored hash, so a new password makes the memory of the old one worthless on every
 * node. Safe for any thread.
 */
final class VerifiedPasswords {
    static final Duration KEPT = Duration.ofMinutes(5);
    private static final int ENTRIES = 1_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Instant> verifiedUntil = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > ENTRIES;
        }
    };

    VerifiedPasswords(Clock clock) {
        this.clock = clock;
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Whether it was verified, or asked for here, in the last minutes: what is in use is not forgotten. */
    boolean contains(String password, String hash) {
        var mark = mark(password, hash);
        synchronized (verifiedUntil) {
            var now = clock.instant();
            return verifiedUntil.computeIfPresent(mark, (known, until) -> until.isAfter(now) ? now.plus(KEPT) : null)
                    != null;
        }
    }

    void add(String password, String hash) {
        var mark = mark(password, hash);
        synchronized (verifiedUntil) {
            verifiedUntil.put(mark, clock.instant().plus(KEPT));
        }
    }

    private String mark(String password, String hash) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
