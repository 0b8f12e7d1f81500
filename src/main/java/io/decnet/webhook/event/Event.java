package io.decnet.webhook.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One message from the bus, read.
 *
 * @param id unique together with the topic
 * @param type what kind of event the sender calls it; may be empty
 * @param payload canonical JSON text in UTF-8: keys sorted at every level, no white space, number literals as they came; not copied, so neither
 *     maker nor reader may change it
 * @param traceparent the W3C trace context it came with
 */
// An array, because the payload goes from parser to database to socket without a copy; equality is by content below.
@SuppressWarnings("ArrayRecordComponent")
public record Event(String id, Topic topic, String type, Instant ts, byte[] payload, Optional<String> traceparent) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Event that
                && id.equals(that.id)
                && topic.equals(that.topic)
                && type.equals(that.type)
                && ts.equals(that.ts)
                && Arrays.equals(payload, that.payload)
                && traceparent.equals(that.traceparent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, topic);
    }

    /** Id and topic alone: payloads are attackers' words and stay out of logs. */
    @Override
    public String toString() {
        return "Event[id=" + id + ", topic=" + topic + "]";
    }
}
