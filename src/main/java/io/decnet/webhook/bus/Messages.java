package io.decnet.webhook.bus;

import io.decnet.webhook.config.LongMessage;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Referenceable;

/** Takes a JMS message apart. An ObjectMessage is never opened. */
final class Messages {
    /** Set by Artemis where its STOMP acceptor has {@code stompEnableMessageId=true}. */
    private static final String STOMP_ID = "amqMessageId";
    /** Where Artemis keeps the message-id of AMQP 1.0; the JMSMessageID of such a message is another each time it is read. */
    private static final String AMQP_ID = "NATIVE_MESSAGE_ID";

    /** A UUID is in it. */
    private static final Pattern UNIQUE = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final int MOST_READINGS = 5;

    private Messages() {}

    static BusMessage read(Message message, int maxBytes, int keptBytes, Clock clock) throws JMSException {
        long sent = message.getJMSTimestamp();
        return new BusMessage(
                destination(message),
                property(message, "topic"),
                property(message, "event_type"),
                property(message, "traceparent"),
                messageId(message),
                EventTime.ofMillis(sent).orElseGet(clock::instant),
                bodyInTheEnd(message, maxBytes, keptBytes));
    }

    /** A body that cannot be read may be whole next time, when the connection was the fault; but not for ever. */
    private static BusMessage.Body bodyInTheEnd(Message message, int maxBytes, int keptBytes) throws JMSException {
        try {
            return body(message, maxBytes, keptBytes);
        } catch (JMSException | RuntimeException e) {
            if (message.getIntProperty("JMSXDeliveryCount") < MOST_READINGS) {
                throw e;
            }
            return new BusMessage.Body.Broken(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The destination's name. A STOMP or AMQP client need not say whether it sends to a topic or a queue; Artemis then makes a destination that is
     * neither, whose name only its JNDI reference tells.
     */
    private static String destination(Message message) throws JMSException {
        Destination destination = message.getJMSDestination();
        if (destination instanceof Topic topic) {
            return topic.getTopicName();
        }
        return destination instanceof Referenceable neither ? address(neither) : "";
    }

    private static String address(Referenceable destination) throws JMSException {
        try {
            RefAddr address = destination.getReference().get("address");
            return address != null && address.getContent() instanceof String name ? name : "";
        } catch (NamingException e) {
            throw new JMSException("the destination tells no name: " + e.getMessage());
        }
    }

    /**
     * What makes a message the same when it comes again. A STOMP client's has no JMSMessageID; the number the broker gives it is unique in one
     * journal only, with the time of sending it stays so when the journal begins anew.
     */
    private static Optional<String> messageId(Message message) throws JMSException {
        long sent = message.getJMSTimestamp();
        Optional<String> amqp = property(message, AMQP_ID);
        if (amqp.isPresent()) {
            return amqp.map(id -> distinct(id, sent));
        }
        String id = message.getJMSMessageID();
        return id == null ? property(message, STOMP_ID).map(number -> number + "-" + sent) : Optional.of(id);
    }

    /** An AMQP client may number its messages, and begin anew when it connects again; the time of sending tells these apart. */
    static String distinct(String amqpId, long sent) {
        return sent <= 0 || UNIQUE.matcher(amqpId).find() ? amqpId : amqpId + "-" + sent;
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
        return text(Optional.ofNullable(text.getText()).orElse(""), maxBytes, keptBytes);
    }

    private static BusMessage.Body text(String content, int maxBytes, int keptBytes) {
        if (content.length() <= maxBytes / 3) {
            return new BusMessage.Body.Text(content);
        }
        byte[] utf8 = content.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= maxBytes
                ? new BusMessage.Body.Text(content)
                : new BusMessage.Body.TooLong(utf8.length, Arrays.copyOf(utf8, Math.min(utf8.length, keptBytes)));
    }

    private static BusMessage.Body bytes(BytesMessage message, int maxBytes, int keptBytes) throws JMSException {
        Optional<String> kind = property(message, LongMessage.KIND);
        if (kind.isPresent()) {
            return longBody(kind.get(), message, maxBytes, keptBytes);
        }
        long length = message.getBodyLength();
        byte[] content = new byte[(int) Math.min(length, length <= maxBytes ? maxBytes : keptBytes)];
        message.readBytes(content);
        return length <= maxBytes ? new BusMessage.Body.Bytes(content) : new BusMessage.Body.TooLong(length, content);
    }

    /** Of what must not come into memory; one that was packed may turn out to be short enough. */
    private static BusMessage.Body longBody(String kind, BytesMessage message, int maxBytes, int keptBytes)
            throws JMSException {
        boolean isText = kind.equals(TextMessage.class.getSimpleName());
        if (!isText && !kind.equals(BytesMessage.class.getSimpleName())) {
            return new BusMessage.Body.Other(kind);
        }
        StartOfBody start = new StartOfBody(
                (int) Math.min(LongMessage.bytesOf(Math.max(maxBytes, keptBytes) + 1L), Integer.MAX_VALUE - 8));
        message.setObjectProperty(LongMessage.STREAM, start);
        BusMessage.Body body = isText
                ? text(LongMessage.text(start.bytes()), maxBytes, keptBytes)
                : bytes(start.bytes(), maxBytes, keptBytes);
        long length = isText ? LongMessage.charactersOf(start.length()) : start.length();
        return start.isCut() && body instanceof BusMessage.Body.TooLong cut
                ? new BusMessage.Body.TooLong(length, cut.start())
                : body;
    }

    private static BusMessage.Body bytes(byte[] content, int maxBytes, int keptBytes) {
        return content.length <= maxBytes
                ? new BusMessage.Body.Bytes(content)
                : new BusMessage.Body.TooLong(
                        content.length, Arrays.copyOf(content, Math.min(content.length, keptBytes)));
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
