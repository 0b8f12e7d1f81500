package io.decnet.webhook.bus;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Takes a JMS message apart. An ObjectMessage is never opened. */
final class Messages {
    private Messages() {}

    static BusMessage read(Message message, int maxBytes, int keptBytes, Clock clock) throws JMSException {
        long sent = message.getJMSTimestamp();
        return new BusMessage(
                message.getJMSDestination() instanceof Topic topic ? topic.getTopicName() : "",
                property(message, "topic"),
                property(message, "event_type"),
                property(message, "traceparent"),
                Optional.ofNullable(message.getJMSMessageID()),
                sent > 0 ? Instant.ofEpochMilli(sent) : clock.instant(),
                body(message, maxBytes, keptBytes));
    }

    private static Optional<String> property(Message message, String name) throws JMSException {
        return message.getObjectProperty(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static BusMessage.Body body(Message message, int maxBytes, int keptBytes) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            return bytes(bytes, maxBytes, keptBytes);
        }
        if (!(message instanceof TextMessage text)) {
            return new BusMessage.Body.Other(kind(message));
        }
        String content = Optional.ofNullable(text.getText()).orElse("");
        if (content.length() <= maxBytes / 3) {
            return new BusMessage.Body.Text(content);
        }
        byte[] utf8 = content.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= maxBytes
                ? new BusMessage.Body.Text(content)
                : new BusMessage.Body.TooLong(utf8.length, Arrays.copyOf(utf8, Math.min(utf8.length, keptBytes)));
    }

    private static BusMessage.Body bytes(BytesMessage message, int maxBytes, int keptBytes) throws JMSException {
        long length = message.getBodyLength();
        byte[] content = new byte[(int) Math.min(length, length <= maxBytes ? maxBytes : keptBytes)];
        message.readBytes(content);
        return length <= maxBytes ? new BusMessage.Body.Bytes(content) : new BusMessage.Body.TooLong(length, content);
    }

    private static String kind(Message message) {
        for (Class<?> type : new Class<?>[] {
            jakarta.jms.ObjectMessage.class, jakarta.jms.MapMessage.class, jakarta.jms.StreamMessage.class
        }) {
            if (type.isInstance(message)) {
                return type.getSimpleName();
            }
        }
        return "a message without a body";
    }
}
