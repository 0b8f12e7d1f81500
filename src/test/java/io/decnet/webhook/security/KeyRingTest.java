package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final SealingKey OLD = key(1);
    private static final SealingKey NEW = key(2);

    private final KeyRing ring = new KeyRing(NEW, List.of(key(3), OLD));

    private static SealingKey key(int value) {
        var bytes = new byte[SealingKey.BYTES];
        Arrays.fill(bytes, (byte) value);
        return new SealingKey(bytes);
    }

    @Test
    void sealsWithTheKeyInForce() {
        var sealed = ring.seal("secret");
        assertThat(NEW.open(sealed)).isEqualTo("secret");
        assertThat(sealed).startsWith(NEW.mark());
        assertThat(ring.isUpToDate(sealed)).isTrue();
    }

    @Test
    void opensWhatAnyOfItsKeysHasSealed() {
        assertThat(ring.open(OLD.seal("old"))).isEqualTo("old");
        assertThat(ring.open(NEW.seal("new"))).isEqualTo("new");
        assertThat(ring.isUpToDate(OLD.seal("old"))).isFalse();
    }

    @Test
    void namesTheKeyThatIsMissing() {
        var strange = key(4).seal("strange");
        assertThatExceptionOfType(WrongKey.class)
                .isThrownBy(() -> ring.open(strange))
                .withMessageContaining(SealingKey.idIn(strange))
                .withMessageContaining("decnet.webhook.secret-key-previous");
    }

    @Test
    void whatWasChangedIsOpenedByNoKey() {
        var changed = OLD.seal("old");
        changed[changed.length - 1] ^= 1;
        assertThatExceptionOfType(WrongKey.class).isThrownBy(() -> ring.open(changed));
        assertThatExceptionOfType(WrongKey.class).isThrownBy(() -> ring.open(new byte[2]));
    }

    @Test
    void marksDifferFromKeyToKey() {
        assertThat(OLD.mark()).isNotEqualTo(NEW.mark()).isEqualTo(key(1).mark());
    }
}
