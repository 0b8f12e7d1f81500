package io.decnet.webhook.config;

import java.util.Optional;

/**
 * TLS on the port of the embedded broker.
 *
 * @param key what the broker shows
 * @param clients whose clients it talks to; empty: to those without a certificate too
 */
public record BusTls(CertificateFile key, Optional<CertificateFile> clients) {
    /**
     * Opens the files.
     *
     * @throws BadSetting for the first that cannot be read, opened with its password, or holds not what it should
     */
    public void requireUsable() {
        key.requireKey();
        clients.ifPresent(CertificateFile::requireCertificate);
    }
}
