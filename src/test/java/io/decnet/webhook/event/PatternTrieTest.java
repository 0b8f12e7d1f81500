package io.decnet.webhook.event;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rules of matching stand here three times: as a trie, token by token, and as regular expressions. */
class PatternTrieTest {
    private static final Topic TOPIC = new Topic("a.b");

    @Property
    void findsWhatTheNaiveFilterFinds(
            @ForAll("patternLists") List<TopicPattern> patterns, @ForAll("topics") Topic topic) {
        var builder = PatternTrie.<TopicPattern>builder();
        patterns.forEach(pattern -> builder.add(pattern, pattern));

        assertThat(builder.build().match(topic))
                .isEqualTo(patterns.stream()
                        .filter(pattern -> pattern.matches(topic))
                        .collect(toCollection(LinkedHashSet::new)));
    }

    @Property
    void aPatternMatchesAsItsRegularExpressionDoes(
            @ForAll("patterns") TopicPattern pattern, @ForAll("topics") Topic topic) {
        var expression = Stream.of(pattern.value().split("\\."))
                .map(token -> token.equals("*") ? "[^.]+" : token.equals(">") ? ".+" : Pattern.quote(token))
                .collect(joining("\\."));

        assertThat(pattern.matches(topic)).isEqualTo(topic.value().matches(expression));
    }

    @Property
    void aTopicThatIsUsedAsAPatternMatchesItselfAlone(@ForAll("topics") Topic one, @ForAll("topics") Topic other) {
        assertThat(new TopicPattern(one.value()).matches(other)).isEqualTo(one.equals(other));
    }

    @Example
    void aValueWithSeveralMatchingPatternsIsFoundOnce() {
        var trie = PatternTrie.<String>builder()
                .add(new TopicPattern("a.b"), "x")
                .add(new TopicPattern("a.*"), "x")
                .add(new TopicPattern(">"), "x")
                .build();

        assertThat(trie.match(TOPIC)).containsExactly("x");
    }

    @Example
    void aPatternMayHaveManyValues() {
        var trie = PatternTrie.<String>builder()
                .add(new TopicPattern("a.>"), "x")
                .add(new TopicPattern("a.>"), "y")
                .build();

        assertThat(trie.match(TOPIC)).containsExactly("x", "y");
    }

    @Example
    void theFoundSetBelongsToItsCaller() {
        var trie = PatternTrie.<String>builder().add(new TopicPattern(">"), "x").build();
        trie.match(TOPIC).clear();

        assertThat(trie.match(TOPIC)).containsExactly("x");
    }

    @Example
    void isNotChangedByWhatIsAddedAfterItWasBuilt() {
        var builder = PatternTrie.<String>builder().add(new TopicPattern("a.b"), "x");
        var trie = builder.build();
        builder.add(new TopicPattern("a.b"), "y").add(new TopicPattern("a.*"), "z");

        assertThat(trie.match(TOPIC)).containsExactly("x");
    }

    // Few different tokens, so that patterns and topics meet often.
    @Provide
    Arbitrary<Topic> topics() {
        return tokens("a", "b", "c", "a*", ">b").map(Topic::new);
    }

    @Provide
    Arbitrary<TopicPattern> patterns() {
        return tokens("a", "b", "c", "*", "a*", ">b", ">")
                .filter(text -> TopicPattern.problem(text).isEmpty())
                .map(TopicPattern::new);
    }

    @Provide
    Arbitrary<List<TopicPattern>> patternLists() {
        return patterns().list().ofMaxSize(40);
    }

    private static Arbitrary<String> tokens(String... of) {
        return Arbitraries.of(of).list().ofMinSize(1).ofMaxSize(4).map(tokens -> String.join(".", tokens));
    }
}
