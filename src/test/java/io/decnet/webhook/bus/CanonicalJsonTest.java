package io.decnet.webhook.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form, held to another parser's view of the same text (which takes the last of duplicate keys as well). */
class CanonicalJsonTest {
    private static JsonValue parsed(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    @Property
    void meansWhatTheTextMeant(@ForAll("texts") String text) {
        assertThat(parsed(CanonicalJson.read(text).text())).isEqualTo(parsed(text));
    }

    @Property
    void isItsOwnCanonicalForm(@ForAll("texts") String text) {
        var canonical = CanonicalJson.read(text).text();

        assertThat(CanonicalJson.read(canonical).text()).isEqualTo(canonical);
    }

    @Property
    void doesNotDependOnSpaceBetweenTokens(@ForAll("texts") String text) {
        var canonical = CanonicalJson.read(text).text();

        assertThat(CanonicalJson.read(" \t" + text + "\r\n").text()).isEqualTo(canonical);
        assertThat(canonical).doesNotContain("\n", "\t", "\r");
    }

    @Property
    void sortsKeysAtEveryLevel(@ForAll("texts") String text) {
        assertSorted(parsed(CanonicalJson.read(text).text()));
    }

    private static void assertSorted(JsonValue value) {
        if (value instanceof JsonObject object) {
            assertThat(List.copyOf(object.keySet())).isSorted();
            object.values().forEach(CanonicalJsonTest::assertSorted);
        } else if (value instanceof JsonArray array) {
            array.forEach(CanonicalJsonTest::assertSorted);
        }
    }

    @Property
    void keepsEveryStringWhateverIsInIt(@ForAll("strings") String string) {
        var canonical = CanonicalJson.read(Json.createValue(string).toString());

        assertThat(canonical.string()).contains(string);
        assertThat(((JsonString) parsed(canonical.text())).getString()).isEqualTo(string);
        assertThat(canonical.text().chars()).allMatch(c -> c >= ' ');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.0",
                "1.10",
                "1e5",
                "1E+05",
                "-1.5e-300",
                "1e999999999999",
                "123456789012345678901234567890.000"
            })
    void keepsNumbersVerbatim(String number) {
        assertThat(CanonicalJson.read("[" + number + "]").text()).isEqualTo("[" + number + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":1,\"a\":2,\"b\":3} | {\"a\":2,\"b\":3}",
                "{\"b\":{\"x\":1},\"b\":{\"y\":2}} | {\"b\":{\"y\":2}}",
                "{\"b\":1, \"B\":2, \"\":3, \"a\":{\"d\":[{\"z\":1,\"y\":2}],\"c\":null}} |"
                        + " {\"\":3,\"B\":2,\"a\":{\"c\":null,\"d\":[{\"y\":2,\"z\":1}]},\"b\":1}",
                "{\"\\u0062\":1,\"b\":2} | {\"b\":2}",
                "\"\\u00e4\\/\" | \"ä/\"",
                "\"\\ud800x\" | \"\\uD800x\"",
            })
    void hasOneForm(String text, String canonical) {
        assertThat(CanonicalJson.read(text).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "'a'",
                "01",
                "+1",
                ".5",
                "1.",
                "NaN",
                "tru",
                "nul",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "1 2",
                "{} {}",
                "// x",
                "\u0000",
                "\ufeff1"
            })
    void refusesWhatIsNoJsonAndSaysWhy(String text) {
        assertThatThrownBy(() -> CanonicalJson.read(text))
                .isInstanceOf(CanonicalJson.NotJson.class)
                .satisfies(
                        refused -> assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n"));
    }

    @Example
    void nestsFiveHundredLevelsDeep() {
        var text = "[".repeat(500) + "]".repeat(500);

        assertThat(CanonicalJson.read(text).text()).isEqualTo(text);
    }

    @Property(tries = 20)
    void refusesWhatIsNestedDeeperWithoutOverflowingTheStack(@ForAll("tooDeep") String text) {
        assertThatExceptionOfType(CanonicalJson.NotJson.class)
                .isThrownBy(() -> CanonicalJson.read(text))
                .withMessageContaining("deeper than 500 levels");
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll("broken") String text) {
        try {
            assertThat(parsed(CanonicalJson.read(text).text())).isNotNull();
        } catch (CanonicalJson.NotJson e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
        }
    }

    @Provide
    Arbitrary<String> tooDeep() {
        return Combinators.combine(
                        Arbitraries.of("[", "{\"a\":", "[{\"a\":"),
                        Arbitraries.integers().between(501, 50_000))
                .as(String::repeat);
    }

    @Provide
    Arbitrary<String> strings() {
        return Arbitraries.strings().withCharRange('\u0000', '\uffff').ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> texts() {
        return values(3);
    }

    private Arbitrary<String> values(int depth) {
        var leaves = Arbitraries.oneOf(
                strings().map(string -> Json.createValue(string).toString()),
                Arbitraries.of("null", "true", "false", "0", "-0", "1.50", "2e3", "-17E-4"));
        if (depth == 0) {
            return leaves;
        }
        var arrays = values(depth - 1).list().ofMaxSize(4).map(values -> "[" + String.join(",", values) + "]");
        // Few different keys, so that some come twice.
        var members = Combinators.combine(Arbitraries.of("a", "b", "B", "aa", "ä", "", "\\u0062"), values(depth - 1))
                .as((key, value) -> "\"" + key + "\":" + value);
        var objects = members.list().ofMaxSize(6).map(all -> "{" + String.join(",", all) + "}");
        return Arbitraries.oneOf(leaves, arrays, objects);
    }

    /** Good texts with some characters replaced, and texts of nothing but noise. */
    @Provide
    Arbitrary<String> broken() {
        var noise = Arbitraries.oneOf(
                Arbitraries.chars().with('{', '}', '[', ']', '"', '\\', ',', ':', 'e', '-', '0', '\u202e', '\u0007'),
                Arbitraries.chars().all());
        var damaged = Combinators.combine(texts(), Arbitraries.integers().between(0, 40), noise)
                .as((text, at, character) -> at < text.length()
                        ? text.substring(0, at) + character + text.substring(at + 1)
                        : text + character);
        return Arbitraries.oneOf(damaged, noise.list().ofMaxSize(12).map(CanonicalJsonTest::join));
    }

    private static String join(List<Character> characters) {
        var text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
