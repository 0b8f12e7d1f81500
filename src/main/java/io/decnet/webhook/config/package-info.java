/**
 * Settings of the whole program: one table of keys, read once, validated at start.
 *
 * <p>{@link io.decnet.webhook.config.Key} and {@link io.decnet.webhook.config.Settings} use the JDK alone, so the launcher and the resource
 * adapter read the same table as the application. Refuses to hold state, to guess at a bad value, or to show a secret. Every room may use it;
 * it uses none.
 */
package io.decnet.webhook.config;
