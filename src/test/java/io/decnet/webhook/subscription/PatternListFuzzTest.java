package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.event.TopicPattern;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Stored patterns are read as they were written; what cannot be read has a problem and no patterns, and throws nothing. */
class PatternListFuzzTest {
    @Property
    void readsWhatItWrites(@ForAll("patterns") List<TopicPattern> patterns) {
        assertThat(PatternList.read(PatternList.write(patterns)))
                .isEqualTo(new PatternList(patterns, Optional.empty()));
    }

    @Property
    void whateverIsStoredIsReadOrHasAProblem(@ForAll("stored") String stored) {
        var list = PatternList.read(stored);

        list.problem().ifPresent(problem -> {
            assertThat(problem).startsWith("bad_patterns: ");
            assertThat(list.patterns()).isEmpty();
        });
    }

    @Provide
    Arbitrary<List<TopicPattern>> patterns() {
        return Arbitraries.of("a", "a.*", ">", "a\"b", "a\\b", "a.>", "x/y")
                .map(TopicPattern::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> stored() {
        var elements =
                Arbitraries.of("\"a\"", "\"a..b\"", "1", "1e99999999999", "null", "[", "{", "\"", "\"\\ud800\"", "");
        var lists = elements.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]");
        var deep = Combinators.combine(
                        Arbitraries.of("[", "[{\"a\":"), Arbitraries.integers().between(1_000, 100_000))
                .as(String::repeat);
        return Arbitraries.frequencyOf(
                Tuple.of(6, lists), Tuple.of(3, Arbitraries.strings().all().ofMaxLength(30)), Tuple.of(1, deep));
    }
}
