/**
 * Events, topics and the patterns that choose them: values and matching, the JDK alone.
 *
 * <p>A value that exists is valid: constructors refuse what the rules refuse, and {@code problem} says why without an exception. Refuses to know
 * messages, databases and time. Every room may use it; it uses none.
 */
package io.decnet.webhook.event;
