package io.decnet.webhook.security;

import io.decnet.webhook.reason.Reason;

/** What is wrong with one field of a wish. */
public record Fault(String field, Reason reason) {}
