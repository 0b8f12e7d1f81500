package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HarmlessTest {
    private final Harmless harmless = new Harmless();

    @Test
    void leavesWhatCanBeReadAsItIs() {
        assertThat(harmless.text("Grüße, 世界 🐍\n\tzweite Zeile")).isEqualTo("Grüße, 世界 🐍\n\tzweite Zeile");
    }

    @Test
    void writesWhatWouldTurnTheTextAroundAsItsNumber() {
        assertThat(harmless.text("safe\u202Eexe.txt\u2066")).isEqualTo("safe\\u202Eexe.txt\\u2066");
    }

    @Test
    void writesSeparatorsThatBreakLinesElsewhere() {
        assertThat(harmless.text("a\u2028b\u2029c\u200Bd\uFEFF")).isEqualTo("a\\u2028b\\u2029c\\u200Bd\\uFEFF");
    }

    @Test
    void writesControlCharactersAsTheirNumbers() {
        assertThat(harmless.text("\u0000\u001B[31mred")).isEqualTo("\\u0000\\u001B[31mred");
    }

    @Test
    void replacesBytesThatAreNoText() {
        assertThat(harmless.bytes(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
        assertThat(harmless.bytes("é".getBytes(StandardCharsets.UTF_8))).isEqualTo("é");
    }
}
