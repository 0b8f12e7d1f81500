package io.decnet.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
    @ParameterizedTest
    @CsvSource({
        "AttackerDetail, attacker.>",
        "DeckyStatus, decky.*.state decky.*.traffic",
        "SystemStatus, system.>",
    })
    void standsForItsPatterns(String label, String patterns) {
        assertThat(Preset.labelled(label).orElseThrow().patterns())
                .extracting(TopicPattern::value)
                .containsExactly(patterns.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"attackerdetail", "ATTACKER_DETAIL", "''"})
    void isKnownByItsLabelAlone(String text) {
        assertThat(Preset.labelled(text)).isEmpty();
    }

    @Test
    void presetsComeFirstAndRawPatternsInTheOrderGivenWithoutDoubles() {
        var combined = Preset.combine(
                List.of(Preset.SYSTEM_STATUS, Preset.ATTACKER_DETAIL, Preset.SYSTEM_STATUS),
                List.of(
                        new TopicPattern("z"),
                        new TopicPattern("attacker.>"),
                        new TopicPattern("a"),
                        new TopicPattern("z")));

        assertThat(combined).extracting(TopicPattern::value).containsExactly("attacker.>", "system.>", "z", "a");
    }

    @Test
    void nothingCombinesToNothing() {
        assertThat(Preset.combine(List.of(), List.of())).isEmpty();
    }
}
