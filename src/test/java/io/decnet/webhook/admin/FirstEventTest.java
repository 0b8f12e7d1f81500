package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstEventTest {
    @Test
    void makesATopicThatThePatternMatches() {
        assertThat(FirstEvent.topic(List.of("decky.*.state", "attacker.>"))).contains("decky.test.state");
        assertThat(FirstEvent.topic(List.of(">"))).contains("test");
        assertThat(FirstEvent.topic(List.of("plain.topic"))).contains("plain.topic");
    }

    @Test
    void offersNoTopicThatIsTheProgramsOwn() {
        assertThat(FirstEvent.topic(List.of("system.webhook.>"))).isEmpty();
        assertThat(FirstEvent.topic(List.of("system.webhook.tripped", "attacker.>")))
                .contains("attacker.test");
        assertThat(FirstEvent.topic(List.of())).isEmpty();
    }

    @Test
    void quotesWhatAShellWouldRead() {
        assertThat(FirstEvent.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    }
}
