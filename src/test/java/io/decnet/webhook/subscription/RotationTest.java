package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.security.SecretVault;
import io.decnet.webhook.security.WrongKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which secrets sign after a rotation, told by what the row holds. */
class RotationTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(24));
    private static final String SEALED = "sealed ";

    private final Subscription subscription = new Subscription(new UUID(0, 1), NOW);

    /** Opens what it has sealed and nothing else. */
    private final SecretVault vault = new SecretVault() {
        @Override
        public byte[] seal(String plain) {
            return (SEALED + plain).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String open(byte[] sealed) {
            if (!knows(sealed)) {
                throw new WrongKey("another key");
            }
            return new String(sealed, StandardCharsets.UTF_8).substring(SEALED.length());
        }

        @Override
        public boolean knows(byte[] sealed) {
            return new String(sealed, StandardCharsets.UTF_8).startsWith(SEALED);
        }
    };

    @BeforeEach
    void begin() {
        subscription.secret = vault.seal("first");
    }

    private Optional<String> previous() {
        return Optional.ofNullable(subscription.previousSecret).map(vault::open);
    }

    @Test
    void theOldOneSignsToo() {
        subscription.rotate("second", vault, UNTIL);
        assertThat(vault.open(subscription.secret)).isEqualTo("second");
        assertThat(previous()).contains("first");
        assertThat(subscription.previousSecretUntil).isEqualTo(UNTIL);
    }

    @Test
    void aRotationThatIsRepeatedKeepsTheOldOne() {
        subscription.rotate("second", vault, UNTIL);
        subscription.rotate("second", vault, UNTIL.plusSeconds(1));
        assertThat(previous()).contains("first");
        assertThat(subscription.previousSecretUntil).isEqualTo(UNTIL);
    }

    @Test
    void oneThatNobodyCanOpenIsNotKept() {
        subscription.secret = "of another key".getBytes(StandardCharsets.UTF_8);
        subscription.rotate("second", vault, UNTIL);
        assertThat(vault.open(subscription.secret)).isEqualTo("second");
        assertThat(previous()).isEmpty();
    }
}
