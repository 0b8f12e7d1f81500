package io.decnet.webhook.subscription;

/** A new subscription and its secret, which is not shown again. */
public record Created(SubscriptionView subscription, String secret) {}
