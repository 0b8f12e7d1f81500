package io.decnet.webhook.embeddedbus;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Brings the priority of a message into the range there is, 0 to 9. The broker (2.50.0) believes what senders of STOMP and Core say, and a queue with
 * one beyond it hands out nothing any more, also after a restart.
 */
final class Priorities implements ActiveMQServerMessagePlugin {
    private static final byte HIGHEST = 9;

    @Override
    public void beforeSend(
            ServerSession session,
            Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreateQueue) {
        byte given = message.getPriority();
        byte real = (byte) Math.max(0, Math.min(given, HIGHEST));
        if (real != given) {
            message.setPriority(real);
        }
    }
}
