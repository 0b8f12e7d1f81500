package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {
    @Test
    void readsNameAndPassword() {
        assertThat(BasicCredentials.in("Basic " + base64("admin:pass:wörd")))
                .contains(new BasicCredentials("admin", "pass:wörd"));
        assertThat(BasicCredentials.in("bAsIc " + base64("admin:"))).contains(new BasicCredentials("admin", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic ***", "Basic bm9jb2xvbg==", "Bearer abc", "Digest username=\"a\""})
    void anythingElseIsNothing(String header) {
        assertThat(BasicCredentials.in(header)).isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new BasicCredentials("admin", "secret").toString()).doesNotContain("secret");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
