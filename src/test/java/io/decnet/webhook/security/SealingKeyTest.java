package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealingKeyTest {
    private final SealingKey key = new SealingKey(bytes(1));

    @Test
    void opensWhatItSealed() {
        assertThat(key.open(key.seal("whsec_ümlaut"))).isEqualTo("whsec_ümlaut");
        assertThat(key.open(key.seal(""))).isEmpty();
    }

    @Test
    void anEqualKeyOpensItToo() {
        assertThat(new SealingKey(bytes(1)).open(key.seal("secret"))).isEqualTo("secret");
    }

    @Test
    void theSameTextNeverSealsTheSame() {
        assertThat(key.seal("secret")).isNotEqualTo(key.seal("secret"));
    }

    @Test
    void nothingOfTheTextShows() {
        assertThat(new String(key.seal("secret"), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void anotherKeyRefuses() {
        var sealed = key.seal("secret");
        assertThatThrownBy(() -> new SealingKey(bytes(2)).open(sealed)).isInstanceOf(WrongKey.class);
    }

    @Test
    void everyChangedByteIsNoticed() {
        var sealed = key.seal("secret");
        for (var at = 0; at < sealed.length; at++) {
            var changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> key.open(changed)).isInstanceOf(WrongKey.class);
        }
    }

    @Test
    void everyShorterPieceIsRefused() {
        var sealed = key.seal("secret");
        for (var length = 0; length < sealed.length; length++) {
            var cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> key.open(cut)).isInstanceOf(WrongKey.class);
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealingKey(new byte[16]));
    }

    private static byte[] bytes(int value) {
        var bytes = new byte[SealingKey.BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
