package io.decnet.webhook.embeddedbus;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Refuses messages of AMQP that could not be handed out. The broker (2.50.0) makes them messages of its own only then, and shuts out each consumer
 * it does not succeed for, until there is none, also after a restart: over a list in a list, a text that is no UTF-8, or what is longer than memory.
 * A sender is told.
 */
final class AmqpMessages implements ActiveMQServerMessagePlugin {
    private static final System.Logger LOG = System.getLogger(AmqpMessages.class.getName());

    /** There are to be bytes, text, and the message made of it, for some of them at once. */
    static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 64;

    private final Object oneLong = new Object();

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreateQueue)
            throws ActiveMQException {
        if (message instanceof ICoreMessage) {
            return;
        }
        if (message.getWholeMessageSize() > MOST_BYTES) {
            throw refused(session, "it is longer than " + MOST_BYTES + " bytes");
        }
        try {
            tryOut(message);
        } catch (RuntimeException | Error e) { // anything else but a refusal would let it pass
            throw refused(session, "it cannot be taken apart: " + e.getClass().getSimpleName());
        }
    }

    private void tryOut(Message message) {
        if (message.isLargeMessage()) {
            synchronized (oneLong) {
                message.toCore();
            }
        } else {
            message.toCore();
        }
    }

    private static ActiveMQException refused(ServerSession session, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "bus.message_refused from={0} reason={1}",
                session.getRemotingConnection().getRemoteAddress(),
                why);
        return new ActiveMQException("the message is refused: " + why, ActiveMQExceptionType.ILLEGAL_STATE);
    }
}
