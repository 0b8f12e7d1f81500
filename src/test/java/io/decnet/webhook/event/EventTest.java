package io.decnet.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Instant NOW = Instant.parse("2026-04-24T20:24:33.120Z");
    private static final Topic TOPIC = new Topic("attacker.seen");
    private static final Event EVENT = event("e-1", TOPIC, "t", NOW, "{\"password\":\"hunter2\"}", Optional.of("00-1"));

    private static Event event(
            String id, Topic topic, String type, Instant ts, String payload, Optional<String> traceparent) {
        return new Event(id, topic, type, ts, payload.getBytes(StandardCharsets.UTF_8), traceparent);
    }

    @Test
    void equalsByContent() {
        var same = event("e-1", TOPIC, "t", NOW, "{\"password\":\"hunter2\"}", Optional.of("00-1"));

        assertThat(same).isEqualTo(EVENT).hasSameHashCodeAs(EVENT);
    }

    @Test
    void everyPartTellsItFromAnother() {
        var payload = new String(EVENT.payload(), StandardCharsets.UTF_8);
        var others = List.of(
                event("e-2", TOPIC, "t", NOW, payload, EVENT.traceparent()),
                event("e-1", new Topic("attacker.left"), "t", NOW, payload, EVENT.traceparent()),
                event("e-1", TOPIC, "u", NOW, payload, EVENT.traceparent()),
                event("e-1", TOPIC, "t", NOW.plusMillis(1), payload, EVENT.traceparent()),
                event("e-1", TOPIC, "t", NOW, "{}", EVENT.traceparent()),
                event("e-1", TOPIC, "t", NOW, payload, Optional.empty()));

        assertThat(others).doesNotContain(EVENT).doesNotHaveDuplicates();
        assertThat(EVENT).isNotEqualTo("e-1");
    }

    @Test
    void itsTextShowsNoPayload() {
        assertThat(EVENT).hasToString("Event[id=e-1, topic=attacker.seen]");
    }
}
