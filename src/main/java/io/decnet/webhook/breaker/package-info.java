/**
 * The circuit breaker of one subscription as a pure state machine, the JDK alone.
 *
 * <p>Time is passed in, and a change comes back as data: {@link io.decnet.webhook.breaker.CircuitBreaker} stores nothing, logs nothing and tells
 * nobody. Whoever stores the new circuit also announces the {@link io.decnet.webhook.breaker.CircuitChange}. Rooms that keep, move or show
 * circuits use it; it uses none.
 */
package io.decnet.webhook.breaker;
