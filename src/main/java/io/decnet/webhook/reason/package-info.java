/**
 * Why something given was not taken, as a value that every language can say: the JDK alone.
 *
 * <p>Each room has an enum of its own codes; their texts are all here, a bundle a language. Refuses to know fields, forms and HTTP. Every
 * room may use it; it uses none.
 */
package io.decnet.webhook.reason;
