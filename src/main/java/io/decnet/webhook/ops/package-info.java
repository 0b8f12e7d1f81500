/**
 * What an operator's tools see: health checks, {@code /metrics}, retention.
 *
 * <p>Makes the one {@link io.micrometer.core.instrument.MeterRegistry}, which other rooms inject by that type and count in; they never import
 * this room. Refuses to change what it measures. Nobody calls it but the container.
 */
package io.decnet.webhook.ops;
