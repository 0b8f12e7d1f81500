/**
 * The bus: takes messages from JMS topics and makes events of them, and publishes what others have to tell.
 *
 * <p>The only room that knows JMS. It reads and hands on; a message is acknowledged only once what it says is
 * committed. What cannot be read is kept as a rejected event.
 */
package io.decnet.webhook.bus;
