/**
 * Who wants which events where: subscriptions, their circuits, and the index that matches topics.
 *
 * <p>The only room that writes subscriptions and circuits. Others get values: views, index entries, breaker states;
 * never an entity. It does not know deliveries: who has a backlog is for {@code delivery} to say.
 */
package io.decnet.webhook.subscription;
