package io.decnet.webhook.faults;

import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** An Artemis broker as a program, on the file operators are given; the arguments are the one user and the password. */
final class BrokerProcess {
    static final String READY = "broker is ready";

    /** A line for every call of every client, unless it is told not to; kept, or the level is forgotten. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private BrokerProcess() {}

    /** A node, with the rights the file gives to nodes. */
    private record Node(String name, String password) implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String given) {
            return name.equals(user) && password.equals(given);
        }

        @Override
        public boolean validateUserAndRole(String user, String given, Set<Role> roles, CheckType check) {
            return validateUser(user, given)
                    && roles.stream().anyMatch(role -> role.getName().equals("decnet-webhook") && check.hasRole(role));
        }
    }

    public static void main(String[] arguments) throws Exception {
        AUDIT.setLevel(Level.OFF);
        var server = new EmbeddedActiveMQ();
        server.setConfigResourcePath(
                Path.of("server-config", "broker.xml").toUri().toString());
        server.setSecurityManager(new Node(arguments[0], arguments[1]));
        server.start();
        System.out.println(READY);
    }
}
