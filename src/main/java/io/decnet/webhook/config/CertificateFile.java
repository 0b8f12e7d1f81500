package io.decnet.webhook.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/** A file with keys or certificates, and the password that opens it. */
public record CertificateFile(Key setting, Path path, String password) {
    /** What is asked of an entry of the file, by its name. */
    private interface Question {
        boolean isTrueOf(KeyStore store, String alias) throws GeneralSecurityException;
    }

    /** The format, {@code PKCS12} or {@code JKS}, as the file itself has it. */
    public String type() {
        return opened().getType();
    }

    void requireKey() {
        require(
                "no key that its password opens",
                (store, alias) -> store.getKey(alias, password.toCharArray()) != null);
    }

    void requireCertificate() {
        require("no trusted certificate", KeyStore::isCertificateEntry);
    }

    private void require(String otherwise, Question question) {
        var store = opened();
        try {
            for (var alias : Collections.list(store.aliases())) {
                if (question.isTrueOf(store, alias)) {
                    return;
                }
            }
        } catch (GeneralSecurityException e) {
            throw refused(otherwise + ": " + e.getMessage());
        }
        throw refused("it holds " + otherwise);
    }

    private KeyStore opened() {
        if (!Files.isReadable(path)) {
            throw refused("there is no such file that can be read");
        }
        try {
            return KeyStore.getInstance(path.toFile(), password.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private BadSetting refused(String reason) {
        return new BadSetting(setting.property() + "=" + path + " is refused: " + reason + "; it takes "
                + setting.takes() + " (environment: " + setting.environmentName() + ")");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
