package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.BusTls;
import io.decnet.webhook.config.CertificateFile;
import io.decnet.webhook.config.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** What the embedded broker is told: where it keeps its journal, what its port speaks, how its topics behave. */
final class BrokerConfiguration {
    static final String PORT = "bus";
    /** Of senders who group their messages, each name would be remembered, for ever; here they share these. */
    static final int GROUPS = 256;

    private static final String PROTOCOLS =
            "?protocols=CORE,AMQP,STOMP;stompEnableMessageId=true;multicastPrefix=/topic/,topic://;anycastPrefix=/queue/,queue://";
    private static final int PASSWORD_BYTES = 24;
    private static final long MEGABYTE = 1L << 20;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private BrokerConfiguration() {}

    static String address(Settings settings) {
        var host = settings.busHost().contains(":") ? "[" + settings.busHost() + "]" : settings.busHost();
        return host + ":" + settings.busPort();
    }

    static Configuration of(Settings settings) throws Exception {
        var configuration = new ConfigurationImpl()
                .setName("decnet")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                // The cluster's user may do everything, and has a well-known password unless it is given one.
                .setClusterPassword(randomPassword())
                // Each connection is asked: the memory of another's login would leave it among the strangers.
                .setAuthenticationCacheSize(0)
                .setIncomingInterceptorClassNames(List.of(UnaskedPackets.class.getName()))
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .setGlobalMaxSize(Runtime.getRuntime().maxMemory() / 8)
                // A disk nine tenths full is no reason to block the decoys: the default would.
                .setMaxDiskUsage(-1)
                .setMinDiskFree(64 * MEGABYTE);
        store(configuration, settings.dataDir().toAbsolutePath().resolve("broker"));
        configuration.addAcceptorConfiguration("in-vm", "vm://0");
        configuration.addAcceptorConfiguration(PORT, "tcp://" + address(settings) + PROTOCOLS);
        settings.busTls()
                .ifPresent(tls -> configuration.getAcceptorConfigurations().stream()
                        .filter(acceptor -> acceptor.getName().equals(PORT))
                        .forEach(acceptor -> acceptor.getParams().putAll(parameters(tls))));
        configuration.addAddressSetting("#", topics());
        configuration.registerBrokerPlugin(new Priorities());
        configuration.registerBrokerPlugin(new AmqpMessages());
        return configuration;
    }

    private static Map<String, Object> parameters(BusTls tls) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.SSL_AUTO_RELOAD_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3,TLSv1.2");
        parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, absolute(tls.key()));
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, tls.key().type());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, tls.key().password());
        tls.clients().ifPresent(trusted -> {
            parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
            parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, absolute(trusted));
            parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, trusted.type());
            parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, trusted.password());
        });
        return parameters;
    }

    private static String absolute(CertificateFile file) {
        return file.path().toAbsolutePath().toString();
    }

    private static String randomPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void store(Configuration configuration, Path directory) {
        configuration
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString());
    }

    private static AddressSettings topics() {
        return new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                .setDefaultGroupBuckets(GROUPS)
                .setAutoCreateAddresses(true)
                .setAutoDeleteAddresses(true)
                .setAutoCreateQueues(true)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(200)
                .setRedeliveryMultiplier(2.0)
                .setMaxRedeliveryDelay(LONGEST_PAUSE_MILLIS)
                .setMaxSizeBytes(16 * MEGABYTE)
                .setPageSizeBytes((int) (2 * MEGABYTE))
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    }
}
