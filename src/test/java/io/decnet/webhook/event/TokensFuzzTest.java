package io.decnet.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Any text is a topic or not, a pattern or not, and the reason can be shown. */
class TokensFuzzTest {
    private static final String TOKEN = "[!-\\-/-~]+";

    @Property
    void aTextIsATopicIfItHasTheFormOfOne(@ForAll("texts") String text) {
        boolean good = text.length() <= 255
                && text.matches(TOKEN + "(\\." + TOKEN + ")*")
                && !("." + text + ".").matches(".*\\.[*>]\\..*");

        assertThat(Topic.problem(text).isEmpty()).isEqualTo(good);
        assertRefused(good, () -> new Topic(text));
    }

    @Property
    void aTextIsAPatternIfItHasTheFormOfOne(@ForAll("texts") String text) {
        boolean good = text.length() <= 255
                && text.matches(TOKEN + "(\\." + TOKEN + ")*")
                && !("." + text).matches(".*\\.>\\..*");

        assertThat(TopicPattern.problem(text).isEmpty()).isEqualTo(good);
        assertRefused(good, () -> new TopicPattern(text));
    }

    private static void assertRefused(boolean good, ThrowingCallable make) {
        if (!good) {
            assertThatThrownBy(make)
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(refused -> assertThat(refused.getMessage()).matches("not a topic( pattern)?: [ -~]+"));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        var tokens = Arbitraries.of(
                "a", "b", "*", ">", "a*", ">>", "", " ", "\u0000", "ä", "\ud83d\ude00", "~", "!", "\u007f");
        var dotted = tokens.list().ofMaxSize(6).map(all -> String.join(".", all));
        return Arbitraries.oneOf(
                dotted,
                Arbitraries.strings().all().ofMaxLength(300),
                Arbitraries.strings().ascii().ofMaxLength(20));
    }
}
