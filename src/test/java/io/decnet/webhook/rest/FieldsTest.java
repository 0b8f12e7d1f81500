package io.decnet.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.decnet.webhook.subscription.FieldError;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "1",
                "null",
                "\"text\"",
                "{} x",
                "{}{}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{'a':1}",
                "\uFEFF{}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\u0000\"}"
            })
    void whatIsNoJsonObjectIsABadRequest(String body) {
        assertThatThrownBy(() -> Fields.of(body)).isInstanceOf(BadRequest.class);
    }

    /** The database has no such years, and the ids no such bounds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2026-04-24",
                "yesterday"
            })
    void whatIsNoTimeOfOurYearsIsNamed(String time) {
        Fields fields = Fields.of("{\"since\":\"" + time + "\"}");
        assertThat(fields.time("since")).isEmpty();
        assertThat(fields.errors())
                .extracting(FieldError::field, FieldError::message)
                .containsExactly(tuple("since", "must be an ISO-8601 time in the years 0 to 9999"));
    }

    @Test
    void deepNestingIsABadRequest() {
        assertThatThrownBy(() -> Fields.of("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("deep");
    }

    @Property(tries = 2_000)
    void anyTextIsReadOrABadRequest(@ForAll String body) {
        try {
            assertThat(Fields.of(body).errors()).isEmpty();
        } catch (BadRequest e) {
            assertThat(e.getMessage()).startsWith("the body");
        }
    }

    @Test
    void allThatIsWrongIsNamedOnce() {
        Fields fields =
                Fields.of("{\"name\":1,\"enabled\":\"yes\",\"size\":1.5,\"many\":1e400,\"list\":[1],\"more\":{}}");
        fields.required("name");
        fields.required("url");
        fields.flag("enabled");
        fields.number("size");
        fields.number("many");
        fields.texts("list");
        assertThat(fields.noMore().errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("name", "url", "enabled", "size", "many", "list", "more");
    }

    @Test
    void theLastOfDuplicatesWins() {
        assertThat(Fields.of("{\"a\":\"1\",\"a\":\"2\"}").text("a")).contains("2");
    }

    @Test
    void nullIsAbsent() {
        Fields fields = Fields.of("{\"a\":null}");
        assertThat(fields.text("a")).isEmpty();
        assertThat(fields.errors()).isEmpty();
    }
}
