package io.decnet.webhook.reason;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever any room can refuse, both languages can say why. */
class ReasonTest {
    private static final Pattern BLANK = Pattern.compile("\\{([0-9])}");

    private static Stream<Reason.Code> codes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.decnet.webhook")
                        .stream()
                        .filter(found -> found.isAssignableTo(Reason.Code.class) && !found.isInterface())
                        .map(JavaClass::reflect)
                        .flatMap(found -> Stream.of((Reason.Code[]) found.getEnumConstants()));
    }

    private static Properties texts(String name) throws IOException {
        var texts = new Properties();
        try (var in = Reason.class.getResourceAsStream(name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static Set<String> blanks(String text) {
        return BLANK.matcher(text).results().map(hit -> hit.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachCodeHasATextInEachLanguageAndNoTextIsLeftOver() throws IOException {
        var keys = codes().map(Reason.Code::key).toList();
        assertThat(keys).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        for (var name : List.of("reasons.properties", "reasons_de.properties")) {
            assertThat(texts(name).stringPropertyNames()).as(name).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void bothLanguagesFillTheSameBlanks() throws IOException {
        var english = texts("reasons.properties");
        var german = texts("reasons_de.properties");
        for (var key : english.stringPropertyNames()) {
            var blanks = blanks(english.getProperty(key));
            assertThat(blanks(german.getProperty(key))).as(key).isEqualTo(blanks);
            for (var text : List.of(english.getProperty(key), german.getProperty(key))) {
                var filled = MessageFormat.format(
                        text, blanks.stream().map(b -> "<" + b + ">").toArray());
                assertThat(filled).as(key).isEqualTo(BLANK.matcher(text).replaceAll("<$1>"));
            }
        }
    }

    private enum WrongUrl implements Reason.Code {
        RESERVED
    }

    private enum Reserved implements Reason.Code {
        LOOPBACK
    }

    @Test
    void saysItInTheLanguageOfTheReaderAndElseInEnglish() {
        var reason = WrongUrl.RESERVED.because("127.0.0.1", Reserved.LOOPBACK);
        assertThat(reason).hasToString("forbidden destination: 127.0.0.1 is a loopback address");
        assertThat(reason.in(Locale.GERMAN))
                .isEqualTo("verbotenes Ziel: 127.0.0.1 ist keine öffentliche Adresse (Loopback)");
        assertThat(reason.in(Locale.FRENCH)).isEqualTo(reason.toString());
    }

    @Test
    void writesNumbersAsTheyAreTyped() {
        assertThat(Reason.inEnglishOnly("at most " + 2048)).hasToString("at most 2048");
        assertThat(WrongUrl.RESERVED.because(65535, "{0}").toString()).contains("65535 is a {0}");
    }
}
