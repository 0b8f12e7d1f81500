package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LongMessageTest {
    private static boolean isText(int... bytes) {
        var buffer = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            buffer.put((byte) each);
        }
        return LongMessage.isText(buffer.flip());
    }

    @Test
    void aTextHasTheLengthItSays() {
        assertThat(isText(1, 0, 0, 0, 2, 'x', 0)).isTrue();
        assertThat(isText(1, 0, 0, 0, 0)).isTrue();
        assertThat(isText(0)).isTrue();
    }

    @Test
    void anythingElseIsNone() {
        assertThat(isText()).isFalse();
        assertThat(isText(1)).isFalse();
        assertThat(isText(1, 0, 0, 0)).isFalse();
        assertThat(isText(1, 0, 0, 0, 3, 'x', 0)).isFalse();
        assertThat(isText(1, 0x7f, 0x7f, 0x7f, 0x7f, 2, 3)).isFalse();
        assertThat(isText(1, 0xff, 0xff, 0xff, 0xff, 2, 3)).isFalse();
    }

    @Test
    void textIsReadAsFarAsItGoes() {
        var body = ByteBuffer.allocate(9).put((byte) 1).putInt(4).put("ab".getBytes(StandardCharsets.UTF_16LE));
        assertThat(LongMessage.text(body.array())).isEqualTo("ab");
        assertThat(LongMessage.text(new byte[] {1, 0})).isEmpty();
        assertThat(LongMessage.charactersOf(LongMessage.bytesOf(7))).isEqualTo(7);
    }
}
