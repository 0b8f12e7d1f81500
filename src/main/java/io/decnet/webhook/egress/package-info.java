/**
 * The way out: where a webhook may go, what it says, how it is signed, and one HTTP POST with a deadline that holds.
 *
 * <p>What a receiver does is an outcome, never an exception. Refuses to follow redirects, to retry by a schedule, to store anything or to know
 * subscriptions. {@code delivery} sends with {@link io.decnet.webhook.egress.WebhookClient}; {@code subscription} asks
 * {@link io.decnet.webhook.egress.DestinationPolicy} and {@link io.decnet.webhook.egress.Signer}. The only room with an HTTP client.
 */
package io.decnet.webhook.egress;
