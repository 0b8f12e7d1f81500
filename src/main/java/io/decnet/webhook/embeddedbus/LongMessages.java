package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.LongMessage;
import java.util.Map;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveLargeMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Keeps messages that are too long out of memory: the client of Artemis (2.50.0) takes a body whole, most kinds of it before anybody can look how
 * long it is, and a message that ends in want of memory comes back for ever. Handed on as {@link LongMessage} they are rejected like others.
 */
final class LongMessages implements Interceptor {
    private static final Map<Byte, String> KINDS = Map.of(
            Message.TEXT_TYPE, "TextMessage",
            Message.BYTES_TYPE, "BytesMessage",
            Message.MAP_TYPE, "MapMessage",
            Message.STREAM_TYPE, "StreamMessage",
            Message.OBJECT_TYPE, "ObjectMessage");

    private final long mostBytes;
    private final long mostBytesOfText;

    /** @param most bytes, or characters; what is longer is too long for certain */
    LongMessages(int most) {
        this.mostBytes = most;
        this.mostBytesOfText = LongMessage.bytesOf(most);
    }

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (packet instanceof SessionReceiveLargeMessage large) {
            consider(large.getLargeMessage(), large.getLargeMessageSize());
        } else if (packet instanceof SessionReceiveMessage small) {
            consider(small.getMessage(), 0);
        }
        return true;
    }

    private void consider(Message received, long bytes) {
        if (received instanceof CoreMessage message) {
            believeNobody(message);
            if (isTooLong(message, bytes) || isPacked(message)) {
                message.putStringProperty(
                        LongMessage.KIND, KINDS.getOrDefault(message.getType(), "a message without a body"));
                message.setType(Message.BYTES_TYPE);
            }
        }
    }

    /** Any sender may set these. Over one that says it is packed, and not how long, the client would fail for ever. */
    private static void believeNobody(CoreMessage message) {
        message.removeProperty(LongMessage.KIND);
        boolean sized = message.getObjectProperty(Message.HDR_LARGE_BODY_SIZE) instanceof Long;
        if (!sized || !Boolean.TRUE.equals(message.getObjectProperty(Message.HDR_LARGE_COMPRESSED))) {
            message.removeProperty(Message.HDR_LARGE_COMPRESSED);
        }
    }

    private boolean isTooLong(CoreMessage message, long bytes) {
        return bytes > (message.getType() == Message.TEXT_TYPE ? mostBytesOfText : mostBytes);
    }

    /** How long it is shows only when it is unpacked. */
    private static boolean isPacked(CoreMessage message) {
        return Boolean.TRUE.equals(message.getBooleanProperty(Message.HDR_LARGE_COMPRESSED));
    }
}
