package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    @Test
    void noTwoAreAlikeAndNoneShowsInItsHashOrText() {
        var made = IntStream.range(0, 100).mapToObj(i -> TokenText.random()).toList();
        assertThat(made).doesNotHaveDuplicates().allSatisfy(token -> {
            assertThat(token.hash()).hasSize(64).doesNotContain(token.value());
            assertThat(token.toString()).doesNotContain(token.value());
            assertThat(TokenText.in("bearer  " + token.value() + " ")).contains(token);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Basic dwt_", "Bearer dwt_short", "Bearer \u0000"})
    void whatCannotBeOneOfOursIsNone(String header) {
        assertThat(TokenText.in(header)).isEmpty();
    }
}
