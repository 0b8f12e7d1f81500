/**
 * What leaves the house: the body, its signatures, where it may go, and the one HTTP client that sends it.
 *
 * <p>It sends once and reports; whether to send again is for {@code delivery} to decide. What a receiver does is a
 * result here, never an exception. {@code subscription} asks it which URLs are allowed.
 */
package io.decnet.webhook.egress;
