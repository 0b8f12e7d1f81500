/**
 * From the matched event to the recorded outcome: the group commit, the rows, the lanes, the attempts and what became of
 * them.
 *
 * <p>The database is the truth and memory a shortcut: whatever a lane loses, its row brings back. This room decides
 * when an attempt starts and what its result means; it neither speaks HTTP ({@code egress}) nor knows the rules of the
 * breaker ({@code breaker}). {@code bus} and {@code routing} hand events in, {@code rest}, {@code admin} and
 * {@code ops} ask {@link io.decnet.webhook.delivery.Deliveries}.
 */
package io.decnet.webhook.delivery;
