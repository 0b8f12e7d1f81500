package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;
import jakarta.jms.Topic;
import org.apache.activemq.artemis.ra.inflow.ActiveMQActivationSpec;

/**
 * What the message-driven bean listens to, taken from the settings: a server fills activation properties from annotations and descriptors
 * only, which know no configuration.
 */
public final class BusActivation extends ActiveMQActivationSpec {
    /**
     * Messages in hand at once. The server's bean pool must hold as many, or the activation fails for ever and nothing is consumed; the
     * client's thread pool must, or fewer run.
     */
    static final int SESSIONS = 64;

    private static final long serialVersionUID = 1L;

    public BusActivation() {
        var destination = Settings.fromProcess().busDestination();
        setDestinationType(Topic.class.getName());
        setDestination(destination);
        setUseJNDI(false);
        setAcknowledgeMode("Auto-acknowledge");
        setSubscriptionDurability("Durable");
        setSubscriptionName(subscriptionName(destination));
        setShareSubscriptions(true);
        setMaxSession(SESSIONS);
        setUseLocalTx(false);
        setSetupAttempts(-1);
        setSetupInterval(1_000L);
    }

    /**
     * One name for each destination: the broker deletes a durable subscription, backlog and all, when it comes back with another destination.
     */
    static String subscriptionName(String destination) {
        return "decnet-webhook-" + destination.replace("#", "all").replace('.', '-');
    }
}
