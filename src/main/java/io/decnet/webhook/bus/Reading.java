package io.decnet.webhook.bus;

import io.decnet.webhook.event.Event;

/** What a message says. */
sealed interface Reading {
    record Legible(Event event) implements Reading {}

    record Illegible(String reason, byte[] body) implements Reading {}

    /** Someone tells that subscriptions have changed; nothing to deliver. */
    record Hint() implements Reading {}
}
