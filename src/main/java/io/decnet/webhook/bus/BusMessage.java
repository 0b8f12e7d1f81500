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
        /** What of it is in memory. */
        int length();

        record Text(String text) implements Body {
            @Override
            public int length() {
                return text.length();
            }
        }

        record Bytes(byte[] bytes) implements Body {
            @Override
            public int length() {
                return bytes.length;
            }
        }

        /** Too long to be looked at. */
        record TooLong(long wholeLength, byte[] start) implements Body {
            @Override
            public int length() {
                return start.length;
            }
        }

        /** A kind of message that is never read, such as an ObjectMessage. */
        record Other(String kind) implements Body {
            @Override
            public int length() {
                return 0;
            }
        }

        /** Could not be read again and again. */
        record Broken(String why) implements Body {
            @Override
            public int length() {
                return 0;
            }
        }
    }
}
