package io.decnet.webhook.tally;

import java.time.Instant;

/** What was counted from {@code from} on, until the next span begins. */
public record Span(Instant from, Counts counts) {}
