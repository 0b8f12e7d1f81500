package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "anna", "anna.b@example.com", "ci-bot_2", "A+b"})
    void ordinaryNamesPass(String name) {
        assertThat(AccountRules.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "a b",
                "a:b",
                "a/b",
                "<script>",
                "a\n",
                "a\u0000",
                "\u202Eadmin",
                "аdmin",
                "\""
            })
    void namesThatAreSomethingElseSomewhereDoNot(String name) {
        assertThat(AccountRules.isName(name)).isFalse();
    }

    @Test
    void allFaultsAreNamed() {
        Optional<Answer<String>> refusal = new AccountRules()
                .name("a b")
                .password("short", "a b")
                .role("boss")
                .refusal();
        assertThat(refusal)
                .get()
                .isInstanceOfSatisfying(
                        Answer.Invalid.class,
                        invalid -> assertThat(((Answer.Invalid<?>) invalid).faults())
                                .extracting(Fault::field)
                                .isEqualTo(List.of("name", "password", "role")));
    }

    @Test
    void thePasswordIsNotTheName() {
        Optional<Answer<String>> refusal =
                new AccountRules().password("anna-the-admin", "Anna-the-admin").refusal();
        assertThat(refusal).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "System", "-"})
    void nobodyIsCalledWhatTheAuditLogCallsTheProgramOrNobody(String name) {
        assertThat(new AccountRules().name(name).<String>refusal())
                .hasValueSatisfying(answer -> assertThat(((Answer.Invalid<String>) answer).faults())
                        .singleElement()
                        .extracting(Fault::field)
                        .isEqualTo("name"));
    }
}
