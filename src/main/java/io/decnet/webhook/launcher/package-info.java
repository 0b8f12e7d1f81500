/**
 * The runnable jar: checks the settings, unpacks the server with its two archives, starts it in this process and says when it is ready.
 *
 * <p>Uses the JDK and the settings table alone. Refuses to know what the application does; keys, database and accounts are made by the
 * application itself. Not part of the WAR; only the JVM calls it.
 */
package io.decnet.webhook.launcher;
