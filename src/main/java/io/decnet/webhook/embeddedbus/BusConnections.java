package io.decnet.webhook.embeddedbus;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.ra.ActiveMQRAManagedConnectionFactory;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;

/**
 * Connections of the application, under the login of the adapter. Payara hands an empty login over when the
 * application names none, and Artemis would take it at its word.
 */
public final class BusConnections extends ActiveMQRAManagedConnectionFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ManagedConnection createManagedConnection(Subject ignored, ConnectionRequestInfo info)
            throws ResourceException {
        if (getResourceAdapter() instanceof ActiveMQResourceAdapter adapter) {
            setUserName(adapter.getUserName());
            setPassword(adapter.getPassword());
        }
        return super.createManagedConnection(null, info);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public ManagedConnection matchManagedConnections(Set connections, Subject ignored, ConnectionRequestInfo info)
            throws ResourceException {
        return super.matchManagedConnections(connections, null, info);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
