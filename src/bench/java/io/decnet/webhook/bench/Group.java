package io.decnet.webhook.bench;

import java.util.Locale;

/** Subscriptions that want the same events: those on {@link #topic()}. */
enum Group {
    ONE(1),
    TEN(10),
    HUNDRED(100),
    BACKLOG(1);

    final int subscriptions;

    Group(int subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Also the first segment of the receivers' paths. */
    String key() {
        return "bench-" + name().toLowerCase(Locale.ROOT);
    }

    String topic() {
        return key() + ".seen";
    }

    String path(int subscription) {
        return "/" + key() + "/" + subscription;
    }
}
