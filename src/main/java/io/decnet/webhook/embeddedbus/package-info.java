/**
 * The resource adapter {@code bus.rar}: the one door to JMS, whether the broker runs in this process or elsewhere.
 *
 * <p>Starts an Artemis broker when no external one is configured, and completes the activation of the message-driven bean from the settings,
 * which a server cannot do by itself. Refuses to know what an event is. Runs in the server beside the application, never in it: only the
 * container calls it.
 */
package io.decnet.webhook.embeddedbus;
