package io.decnet.webhook.bus;


import io.decnet.webhook.event.Event;

/** What a message says. */
sealed interface Reading {
    record Readable(Event event) implements Reading {}

    record Unreadable(String reason, byte[] body) implements Reading {}

    /** Someone tells that subscriptions have changed; nothing to deliver. */
    record Hint() implements Reading {}
}
