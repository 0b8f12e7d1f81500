package io.decnet.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.Invalid;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends is an object whose wrong fields are all named, or no JSON object; never a fault of ours. */
class FieldsFuzzTest {
    private static final List<String> READ = List.of("text", "flag", "number", "texts", "object");

    /** Reads a field of every kind; the errors by field. */
    private static List<String> wrongFields(String body) {
        var fields = Fields.of(body);
        fields.text("text");
        fields.flag("flag");
        fields.number("number");
        fields.texts("texts");
        fields.object("object").ifPresent(Fields::noMore);
        fields.noMore();
        try {
            fields.require();
            return new ArrayList<>();
        } catch (Invalid e) {
            return e.errors().stream().map(FieldError::field).toList();
        }
    }

    @Property
    void everyBodyIsReadOrRefused(@ForAll("bodies") String body) {
        try {
            assertThat(wrongFields(body)).doesNotContain("");
        } catch (BadRequest e) {
            assertThat(e).hasMessageStartingWith("the body ");
        }
    }

    @Property
    void everyFieldOfAWrongTypeIsNamed(@ForAll("members") List<String> members) {
        var expected = new ArrayList<String>();
        for (int i = 0; i < members.size(); i++) {
            boolean good = members.get(i).equals("null")
                    || i == List.of("\"x\"", "true", "1", "[\"a\"]", "{}").indexOf(members.get(i));
            if (!good) {
                expected.add(READ.get(i));
            }
        }
        var body = new StringBuilder("{");
        for (int i = 0; i < members.size(); i++) {
            body.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(READ.get(i))
                    .append("\":")
                    .append(members.get(i));
        }

        assertThat(wrongFields(body + "}")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "2147483648", "1.5", "1e-1"})
    void aNumberThatIsNoWholeIntIsAnErrorOfItsField(String number) {
        assertThat(wrongFields("{\"number\":" + number + "}")).containsExactly("number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999"})
    void aNumberBeyondAllBoundsIsRefused(String number) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> Fields.of("{\"number\":" + number + "}"))
                .withMessage("the body has a number of too many digits");
    }

    @Property(tries = 20)
    void deepNestingIsRefusedWithoutOverflowingTheStack(@ForAll("tooDeep") String body) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> Fields.of(body))
                .withMessage("the body is nested too deep");
    }

    @Provide
    Arbitrary<List<String>> members() {
        return Arbitraries.of("\"x\"", "true", "1", "[\"a\"]", "{}", "null")
                .list()
                .ofMaxSize(READ.size());
    }

    @Provide
    Arbitrary<String> tooDeep() {
        return Combinators.combine(
                        Arbitraries.of("[", "{\"a\":", "[{\"a\":"),
                        Arbitraries.integers().between(5_000, 50_000))
                .as(String::repeat);
    }

    @Provide
    Arbitrary<String> bodies() {
        var values = Arbitraries.of(
                "1",
                "1e5",
                "1e99999999999",
                "\"\\ud800\"",
                "\"",
                "[",
                "[1,\"a\"]",
                "{\"x\":1}",
                "tru",
                "null",
                "",
                "{\"a\":{\"a\":{}}}",
                "\u0000");
        var names = Arbitraries.of("text", "flag", "number", "texts", "object", "other", "\\u0000");
        var members = Combinators.combine(names, values).as((name, value) -> "\"" + name + "\":" + value);
        var objects = members.list().ofMaxSize(4).map(all -> "{" + String.join(",", all) + "}");
        return Arbitraries.oneOf(
                objects,
                objects.map(text -> text + "x"),
                Arbitraries.strings().all().ofMaxLength(30),
                values);
    }
}
