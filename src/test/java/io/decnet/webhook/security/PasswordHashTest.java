package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private final PasswordHash hashes = new PasswordHash(1_000);

    @Test
    void matchesItsPasswordOnly() {
        var hash = hashes.of("pässword");
        assertThat(hashes.matches("pässword", hash)).isTrue();
        assertThat(hashes.matches("passwort", hash)).isFalse();
        assertThat(hashes.matches("", hash)).isFalse();
    }

    @Test
    void saltsEveryHash() {
        assertThat(hashes.of("password")).isNotEqualTo(hashes.of("password"));
    }

    @Test
    void hashesMadeWithFewerIterationsStillMatch() {
        assertThat(new PasswordHash(2_000).matches("password", hashes.of("password")))
                .isTrue();
    }

    @Test
    void anUnknownFormIsNotTakenForAWrongPassword() {
        assertThatIllegalStateException().isThrownBy(() -> hashes.matches("password", "md5:abc"));
    }
}
