package io.decnet.webhook.config;

/**
 * How launcher and application meet across class loaders: a managed bean that is registered while deliveries are made, and whose operation {@code
 * end} ends that in order. A server that stops takes the database away before it asks the beans to end.
 */
public final class Control {
    public static final String NAME = "io.decnet.webhook:type=Delivery";
    public static final String END = "end";

    private Control() {}

    /** The operations of the managed bean. */
    public interface Operations {
        /** Starts no more attempts, waits for those on the wire for a while, records them and gives the rest back. Repeating it does nothing. */
        void end();
    }
}
