/**
 * Measures the packaged program from outside, beside a hand-made Camel route on the same broker, sink and machine.
 *
 * <p>{@link io.decnet.webhook.bench.Benchmark} runs the parts, each {@link io.decnet.webhook.bench.Contender} in turn, round after round; {@link
 * io.decnet.webhook.bench.Figures} keeps what was seen and writes medians and ratios. Compiled by the profile {@code bench} only.
 */
package io.decnet.webhook.bench;
