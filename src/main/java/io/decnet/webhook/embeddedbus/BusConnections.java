package io.decnet.webhook.embeddedbus;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.ra.ActiveMQRAConnectionRequestInfo;
import org.apache.activemq.artemis.ra.ActiveMQRAManagedConnectionFactory;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the application, under the login of the adapter. Payara hands an empty login over when the
 * application names none, and Artemis, whose own factory is final, would take it at its word.
 */
public final class BusConnections implements ManagedConnectionFactory, ResourceAdapterAssociation {
    private static final long serialVersionUID = 1L;

    private static final long PATIENCE_MILLIS = 5_000;

    private final ActiveMQRAManagedConnectionFactory artemis = new ActiveMQRAManagedConnectionFactory();

    /** Whoever publishes is told at once that the broker is away; only the consumer waits for it to come back. */
    public BusConnections() {
        artemis.setReconnectAttempts(0);
        artemis.setInitialConnectAttempts(1);
        artemis.setCallTimeout(PATIENCE_MILLIS);
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        artemis.setResourceAdapter(adapter);
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return artemis.getResourceAdapter();
    }

    @Override
    public Object createConnectionFactory(ConnectionManager connections) throws ResourceException {
        return artemis.createConnectionFactory(
                (ConnectionManager) (factory, info) -> connections.allocateConnection(this, info));
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        return artemis.createConnectionFactory();
    }

    private void login(ActiveMQRAConnectionRequestInfo info) {
        if (getResourceAdapter() instanceof ActiveMQResourceAdapter adapter) {
            info.setUserName(adapter.getUserName());
            info.setPassword(adapter.getPassword());
        }
    }

    @Override
    public ManagedConnection createManagedConnection(Subject ignored, ConnectionRequestInfo info)
            throws ResourceException {
        if (info instanceof ActiveMQRAConnectionRequestInfo login) {
            login(login);
        }
        return new BusConnection(artemis.createManagedConnection(null, info));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable ManagedConnection matchManagedConnections(
            Set connections, Subject ignored, ConnectionRequestInfo info) throws ResourceException {
        for (Object connection : connections) {
            if (connection instanceof BusConnection ours) {
                return ours; // all of them are under the same login
            }
        }
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws ResourceException {
        artemis.setLogWriter(writer);
    }

    @Override
    public PrintWriter getLogWriter() throws ResourceException {
        return artemis.getLogWriter();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BusConnections connections && artemis.equals(connections.artemis);
    }

    @Override
    public int hashCode() {
        return artemis.hashCode();
    }
}
