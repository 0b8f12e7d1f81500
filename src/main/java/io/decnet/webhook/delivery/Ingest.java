package io.decnet.webhook.delivery;

import io.decnet.webhook.event.Event;

/** An event on its way into the store, and who says who wants it. */
public record Ingest(Event event, byte[] body, Matcher matcher) {}
