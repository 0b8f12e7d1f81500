package io.decnet.webhook.security;

import io.decnet.webhook.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Encrypts what must not be read in the database, with AES-256-GCM. The key is {@code decnet.webhook.secret-key}, else that of the file {@code
 * secret.key} in the data directory, which is made on the first start. What {@code secret-key-previous} or the file {@code secret.key.previous}
 * has sealed is opened too. Sealing the same text twice gives different bytes. Safe for any thread.
 */
@ApplicationScoped
public class SecretVault {
    private static final String FILE = "secret.key";

    @Inject
    private Settings settings;

    private Optional<KeyRing> keys = Optional.empty();

    /** The text as bytes for the database, about 33 bytes longer. */
    public byte[] seal(String plain) {
        return keys().seal(plain);
    }

    /**
     * The text that was sealed.
     *
     * @throws WrongKey when none of the keys sealed it or it was changed since
     */
    public String open(byte[] sealed) {
        return keys().open(sealed);
    }

    /**
     * The same text under the key in force; what is under it already stays as it is.
     *
     * @throws WrongKey as {@link #open}
     */
    public byte[] renewed(byte[] sealed) {
        return keys().isUpToDate(sealed) ? sealed : seal(open(sealed));
    }

    /** What everything begins with that the key in force has sealed. */
    byte[] mark() {
        return keys().current().mark();
    }

    /** What everything begins with that is to be renewed, one for each older key. */
    public List<byte[]> olderMarks() {
        return keys().older().stream().map(SealingKey::mark).toList();
    }

    /** Whether one of the keys has sealed it, so that {@link #open} can be expected to open it. */
    public boolean knows(byte[] sealed) {
        return keys().knows(sealed);
    }

    // Not made before it is asked for: whether the key file is missing must be found out first.
    private synchronized KeyRing keys() {
        if (keys.isEmpty()) {
            keys = Optional.of(read());
        }
        return keys.orElseThrow();
    }

    private KeyRing read() {
        var given = settings.secretKey().map(SecretVault::decoded);
        var kept = given.isPresent() ? Optional.<byte[]>empty() : previousFile().read();
        List<SealingKey> older = Stream.concat(
                        settings.secretKeyPrevious().map(SecretVault::decoded).stream(), kept.stream())
                .map(SealingKey::new)
                .toList();
        return new KeyRing(new SealingKey(given.orElseGet(() -> file().readOrCreate())), older);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    /** The file the key comes from when the settings give none. */
    KeyFile file() {
        return new KeyFile(settings.dataDir().resolve(FILE));
    }

    /** Where an operator leaves the key file when the key is to change. */
    KeyFile previousFile() {
        return new KeyFile(settings.dataDir().resolve(FILE + ".previous"));
    }
}
