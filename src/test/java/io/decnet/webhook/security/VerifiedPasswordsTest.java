package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.HandClock;
import org.junit.jupiter.api.Test;

class VerifiedPasswordsTest {
    private final HandClock clock = new HandClock();
    private final VerifiedPasswords verified = new VerifiedPasswords(clock);

    @Test
    void knowsWhatWasVerified() {
        verified.add("correct horse", "hash");
        assertThat(verified.contains("correct horse", "hash")).isTrue();
        assertThat(verified.contains("wrong horse", "hash")).isFalse();
    }

    @Test
    void aNewHashMakesItForget() {
        verified.add("correct horse", "hash");
        assertThat(verified.contains("correct horse", "another hash")).isFalse();
    }

    @Test
    void keepsWhatIsInUse() {
        verified.add("correct horse", "hash");
        for (int i = 0; i < 10; i++) {
            clock.goOn(VerifiedPasswords.KEPT.minusSeconds(1));
            assertThat(verified.contains("correct horse", "hash")).isTrue();
        }
    }

    @Test
    void forgetsAfterAWhile() {
        verified.add("correct horse", "hash");
        clock.goOn(VerifiedPasswords.KEPT);
        assertThat(verified.contains("correct horse", "hash")).isFalse();
    }
}
