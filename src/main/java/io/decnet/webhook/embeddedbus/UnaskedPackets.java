package io.decnet.webhook.embeddedbus;

import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.ChannelImpl.CHANNEL_ID;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Keeps from the broker what it (2.50.0) would do for anybody, before a login: connect to a foreign broker (CVE-2026-27446), make a queue
 * (CVE-2026-49362), hand a session over to who knows its name (CVE-2026-57967), believe news of a cluster. To be removed with a broker that
 * asks for the login itself, from 2.57.0 on.
 *
 * <p>Clients that reconnect ask for their old session first; told that it is gone, they log in and make a new one.
 */
public final class UnaskedPackets implements Interceptor {
    private static final System.Logger LOG = System.getLogger(UnaskedPackets.class.getName());

    /** Talk between brokers of a cluster, which this one is not in. */
    private static final Set<Byte> OF_CLUSTERS = Set.of(
            PacketImpl.FEDERATION_DOWNSTREAM_CONNECT,
            PacketImpl.NODE_ANNOUNCE,
            PacketImpl.CLUSTER_CONNECT,
            PacketImpl.BACKUP_REGISTRATION,
            PacketImpl.BACKUP_REQUEST,
            PacketImpl.QUORUM_VOTE,
            PacketImpl.SCALEDOWN_ANNOUNCEMENT);

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (packet.getType() == PacketImpl.REATTACH_SESSION) {
            if (connection instanceof CoreRemotingConnection core) {
                core.getChannel(CHANNEL_ID.SESSION.id, -1).send(new ReattachSessionResponseMessage(-1, false));
            }
            return false;
        }
        // A queue is made on the channel of a session, which has logged in, or on this one, which has not.
        boolean queueOfNobody =
                packet.getType() == PacketImpl.CREATE_QUEUE && packet.getChannelID() == CHANNEL_ID.SESSION.id;
        if (queueOfNobody || OF_CLUSTERS.contains(packet.getType())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "bus.packet_refused type={0} from={1}",
                    packet.getType(),
                    connection.getRemoteAddress());
            connection.fail(new ActiveMQNotConnectedException("not without a login"));
            return false;
        }
        return true;
    }
}
