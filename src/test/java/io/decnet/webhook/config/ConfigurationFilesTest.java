package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read of the keys says what the table of keys says. */
class ConfigurationFilesTest {
    private static final Path DEFAULTS = Path.of("src/main/resources/META-INF/microprofile-config.properties");
    private static final Path PAGE = Path.of("docs/configuration.md");

    @ParameterizedTest
    @EnumSource(Key.class)
    void thePropertiesHaveEveryKeyBesideItsReason(Key key) throws IOException {
        assertThat(Files.readString(DEFAULTS))
                .contains("# %s\n# Takes %s.\n%s=%s\n"
                        .formatted(key.reason(), key.takes(), key.property(), key.defaultValue()));
    }

    @Test
    void thePropertiesAreReadAsTheDefaultsOfTheTableAndNothingElse() throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(DEFAULTS)));

        assertThat(properties)
                .isEqualTo(Stream.of(Key.values()).collect(Collectors.toMap(Key::property, Key::defaultValue)));
    }

    @Test
    void thePageHasEveryKeyInTheOrderOfTheTable() throws IOException {
        try (var lines = Files.lines(PAGE)) {
            assertThat(lines.filter(line -> line.startsWith("| `decnet.webhook.")))
                    .containsExactlyElementsOf(Stream.of(Key.values())
                            .map(ConfigurationFilesTest::row)
                            .toList());
        }
    }

    private static String row(Key key) {
        return "| `%s`<br>`%s` | %s | %s | %s |"
                .formatted(
                        key.property(),
                        key.environmentName(),
                        key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`",
                        key.takes(),
                        key.reason());
    }
}
