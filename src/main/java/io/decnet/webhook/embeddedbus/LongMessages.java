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
 * Keeps from the client of Artemis (2.50.0) what it cannot cope with: it takes a long body whole, most kinds of it before anybody can look how long
 * it is, and takes texts and maps apart before anybody can catch what goes wrong; such a message comes back for ever. Handed on as
 * {@link LongMessage} it is rejected like others, or is an event like others.
 */
final class LongMessages implements Interceptor {
    private static final Map<Byte, String> KINDS = Map.of(
            Message.TEXT_TYPE, "TextMessage",
            Message.BYTES_TYPE, "BytesMessage",
            Message.MAP_TYPE, "MapMessage",
            Message.STREAM_TYPE, "StreamMessage",
            Message.OBJECT_TYPE, "ObjectMessage");

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (packet instanceof SessionReceiveLargeMessage large
                && large.getLargeMessage() instanceof CoreMessage message) {
            believeNobody(message);
            handOn(message);
        } else if (packet instanceof SessionReceiveMessage small && small.getMessage() instanceof CoreMessage message) {
            believeNobody(message);
            if (isPacked(message) || !isReadable(message)) {
                handOn(message);
            }
        }
        return true;
    }

    /** Any sender may set these. Over one that says it is packed, and not how long, the client would fail for ever. */
    private static void believeNobody(CoreMessage message) {
        message.removeProperty(LongMessage.KIND);
        boolean sized = message.getObjectProperty(Message.HDR_LARGE_BODY_SIZE) instanceof Long;
        if (!sized || !Boolean.TRUE.equals(message.getObjectProperty(Message.HDR_LARGE_COMPRESSED))) {
            message.removeProperty(Message.HDR_LARGE_COMPRESSED);
        }
    }

    private static void handOn(CoreMessage message) {
        message.putStringProperty(LongMessage.KIND, KINDS.getOrDefault(message.getType(), "a message without a body"));
        message.setType(Message.BYTES_TYPE);
    }

    /** How long it is shows only when it is unpacked. */
    private static boolean isPacked(CoreMessage message) {
        return message.getObjectProperty(Message.HDR_LARGE_COMPRESSED) != null;
    }

    /** Whether it is of a kind that is read, with the body of its kind. */
    private static boolean isReadable(CoreMessage message) {
        return message.getType() == Message.BYTES_TYPE
                || (message.getType() == Message.TEXT_TYPE
                        && LongMessage.isText(message.getReadOnlyBodyBuffer().toByteBuffer()));
    }
}
