package io.decnet.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.testing.CaseFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {
    record Match(String pattern, String topic, boolean matches) {}

    record Validity(String subject, boolean pattern, boolean topic) {}

    static List<Match> matches() {
        return CaseFile.rows("topic-patterns.tsv").stream()
                .map(row -> new Match(row.get(0), row.get(1), Boolean.parseBoolean(row.get(2))))
                .toList();
    }

    static List<Validity> validities() {
        return CaseFile.rows("topic-validity.tsv").stream()
                .flatMap(row -> spelled(row.get(0))
                        .map(subject -> new Validity(
                                subject, Boolean.parseBoolean(row.get(1)), Boolean.parseBoolean(row.get(2)))))
                .toList();
    }

    /** One row stands for five kinds of white space that a table with tabs cannot hold. */
    private static Stream<String> spelled(String subject) {
        return subject.contains("<TAB>")
                ? Stream.of("\t", "\n", "\f", "\r", " ").map(space -> "foo." + space + "bar")
                : Stream.of(subject);
    }

    @ParameterizedTest
    @MethodSource("matches")
    void matchesAsEveryRowOfTheTableSays(Match row) {
        assertThat(isMatch(row)).as(row.toString()).isEqualTo(row.matches());
    }

    /** What is no pattern or no topic matches nothing. */
    private static boolean isMatch(Match row) {
        if (TopicPattern.problem(row.pattern()).isPresent()
                || Topic.problem(row.topic()).isPresent()) {
            return false;
        }
        var pattern = new TopicPattern(row.pattern());
        var topic = new Topic(row.topic());
        boolean matches = pattern.matches(topic);
        assertThat(PatternTrie.builder().add(pattern, "x").build().match(topic)).hasSize(matches ? 1 : 0);
        return matches;
    }

    @ParameterizedTest
    @MethodSource("validities")
    void isValidAsEveryRowOfTheTableSays(Validity row) {
        assertThat(TopicPattern.problem(row.subject()).isEmpty())
                .as("pattern %s", row.subject())
                .isEqualTo(row.pattern());
        assertThat(Topic.problem(row.subject()).isEmpty())
                .as("topic %s", row.subject())
                .isEqualTo(row.topic());
    }

    @Test
    void noRowOfTheTablesIsMissing() {
        assertThat(matches()).hasSize(70);
        assertThat(validities()).hasSize(35 + 4);
    }

    @Test
    void mayHave255Characters() {
        assertThat(TopicPattern.problem("x".repeat(255))).isEmpty();
        assertThat(TopicPattern.problem("x".repeat(256))).get().hasToString("it is longer than 255 characters");
        assertThat(Topic.problem("x".repeat(255))).isEmpty();
        assertThat(Topic.problem("x".repeat(256))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "a!.~z"})
    void mayHaveEveryPrintableCharacterOfAscii(String text) {
        assertThat(TopicPattern.problem(text)).isEmpty();
        assertThat(Topic.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\u007f", "ä", "a\u00a0b", "a.\u202eb", "\ud83d\ude00"})
    void saysWhichCharacterIsNotPrintable(String text) {
        assertThat(TopicPattern.problem(text)).get().asString().contains("is not printable ASCII");
        assertThat(Topic.problem(text)).isPresent();
    }

    @Test
    void namesTheReasonWhenItIsRefused() {
        assertThatThrownBy(() -> new TopicPattern("a.>.b"))
                .isInstanceOf(InvalidPattern.class)
                .hasMessage("not a topic pattern: the token > is not the last one");
        assertThatThrownBy(() -> new TopicPattern("a\nb"))
                .hasMessage("not a topic pattern: character 2 (U+000A) is not printable ASCII without space");
        assertThatThrownBy(() -> new Topic("a.*"))
                .isInstanceOf(InvalidTopic.class)
                .hasMessage("not a topic: the token * is a wildcard");
        assertThatThrownBy(() -> new Topic("")).hasMessage("not a topic: it is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"system.webhook.tripped", "system.webhook.a.b"})
    void topicsOfThisProgramAreKnown(String topic) {
        assertThat(new Topic(topic).isSystemWebhook()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"system.webhook", "system.webhooks.a", "system.x", "a.system.webhook.b"})
    void otherTopicsAreNot(String topic) {
        assertThat(new Topic(topic).isSystemWebhook()).isFalse();
    }
}
