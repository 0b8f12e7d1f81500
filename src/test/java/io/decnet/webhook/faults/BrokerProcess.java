package io.decnet.webhook.faults;

import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** An Artemis broker as a program: port, directory of its journal, the one user and the password. */
final class BrokerProcess {
    static final String READY = "broker is ready";

    /** A line for every call of every client, unless it is told not to; kept, or the level is forgotten. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private BrokerProcess() {}

    private record OneUser(String name, String password) implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String given) {
            return name.equals(user) && password.equals(given);
        }

        @Override
        public boolean validateUserAndRole(String user, String given, Set<Role> roles, CheckType check) {
            return validateUser(user, given);
        }
    }

    public static void main(String[] arguments) throws Exception {
        AUDIT.setLevel(Level.OFF);
        var server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration(Integer.parseInt(arguments[0]), Path.of(arguments[1])));
        server.setSecurityManager(new OneUser(arguments[2], arguments[3]));
        server.start();
        System.out.println(READY);
    }

    private static Configuration configuration(int port, Path directory) throws Exception {
        return new ConfigurationImpl()
                .setName("bus")
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setMaxDiskUsage(-1)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .addAcceptorConfiguration("bus", "tcp://127.0.0.1:" + port + "?protocols=CORE")
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                                .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                                .setMaxDeliveryAttempts(-1)
                                .setRedeliveryDelay(200)
                                .setRedeliveryMultiplier(2.0)
                                .setMaxRedeliveryDelay(10_000));
    }
}
