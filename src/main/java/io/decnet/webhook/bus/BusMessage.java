package io.decnet.webhook.bus;

import java.time.Instant;
import java.util.Optional;

/**
 * What the reader needs to know of a message, without JMS.
 *
 * @param destination the name of the topic it was sent to
 * @param sentAt JMSTimestamp
 */
record BusMessage(
        String destination,
        Optional<String> topicProperty,
        Optional<String> typeProperty,
        Optional<String> traceparent,
        Optional<String> messageId,
        Instant sentAt,
        Body body) {

    /** The body, as far as it was looked at. */
    sealed interface Body {
        record Text(String text) implements Body {}

        record Bytes(byte[] bytes) implements Body {}

        /** Too long to be looked at. */
        record TooLong(long length, byte[] start) implements Body {}

        /** A kind of message that is never read, such as an ObjectMessage. */
        record Other(String kind) implements Body {}
    }
}
