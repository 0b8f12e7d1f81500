/**
 * Who may do what, and what keeps secrets secret: accounts with their roles, the one authentication mechanism, the brake on guessed
 * passwords, the security headers, and the vault in which webhook secrets are encrypted.
 *
 * <p>Refuses to know what it protects: no rule here names a subscription or a delivery. Any room may use {@link
 * io.decnet.webhook.security.SecretVault}; {@code rest} and {@code admin} may ask for accounts.
 */
package io.decnet.webhook.security;
