package io.decnet.webhook.security;

import io.decnet.webhook.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;

/**
 * Encrypts what must not be read in the database, with AES-256-GCM. The key is {@code decnet.webhook.secret-key}, else that of the file {@code
 * secret.key} in the data directory, which is made on the first start. Sealing the same text twice gives different bytes. Safe for any thread.
 */
@ApplicationScoped
public class SecretVault {
    private static final String FILE = "secret.key";

    @Inject
    private Settings settings;

    private SealingKey key;

    @PostConstruct
    void load() {
        var given = settings.secretKey().map(text -> Base64.getDecoder().decode(text));
        key = new SealingKey(given.orElseGet(() -> file().readOrCreate()));
    }

    /** The text as bytes for the database, about 33 bytes longer. */
    public byte[] seal(String plain) {
        return key.seal(plain);
    }

    /**
     * The text that was sealed.
     *
     * @throws WrongKey when another key sealed it or it was changed since
     */
    public String open(byte[] sealed) {
        return key.open(sealed);
    }

    /** The file the key comes from when the settings give none. */
    KeyFile file() {
        return new KeyFile(settings.dataDir().resolve(FILE));
    }
}
