package io.decnet.webhook.subscription;

/** The index was reloaded. Observers must not use the database: the caller may be inside a transaction of its own. */
public record IndexSwapped(SubscriptionIndex.Snapshot before, SubscriptionIndex.Snapshot after) {}
