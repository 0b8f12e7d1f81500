package io.decnet.webhook.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, payloads, bodies of receivers and errors may get into a log line; none of them gets out of it. */
class OneLineFormatterTest {
    private static final String FORGED = "2026-01-01T00:00:00Z INFO forged";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\r\n",
                "\u000b",
                "\f",
                "\u0085",
                "\u2028",
                "\u2029",
                "\0",
                "\u001b[2K\u001b[1A",
                "\b",
                "\u007f",
                "\u009b31m",
                "\u202e",
                "\u2066",
                "\u200f",
                "\ufeff",
                "\u00ad",
                "\ud800"
            })
    void nothingThatBreaksOrTurnsALineIsLeft(String hostile) {
        var entry = new LogRecord(Level.WARNING, "webhook.tripped name=\"a" + hostile + FORGED + "\"");
        entry.setThrown(new IllegalStateException(
                "outer" + hostile + FORGED, new IllegalArgumentException("inner" + hostile + FORGED)));
        var line = new OneLineFormatter().format(entry);
        assertThat(line).endsWith(System.lineSeparator());
        assertThat(line.substring(0, line.length() - System.lineSeparator().length()))
                .contains("a" + OneLineFormatter.escaped(hostile) + FORGED, "inner")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t]]")
                .doesNotContain("\ud800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "ümläut", "日本", "\ud83d\ude00", "a\tb", "<script>"})
    void whatHarmsNoLineStaysAsItIs(String text) {
        assertThat(OneLineFormatter.escaped(text)).isEqualTo(text);
    }
}
