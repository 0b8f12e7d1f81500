package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandingTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/deliveries.xhtml", "/edit.xhtml?id=0190a", "/?state=tripped"})
    void leadsBackToAPageOfOurs(String wanted) {
        assertThat(Landing.of(wanted)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "/api/v1/webhooks",
                "/login.xhtml?to=/",
                "/x\r\nSet-Cookie: a=b"
            })
    void leadsHomeOtherwise(String wanted) {
        assertThat(Landing.of(wanted)).isEqualTo("/");
    }
}
