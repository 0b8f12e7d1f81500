package io.decnet.webhook.security;

/** What is wrong with one field of a wish. */
public record Fault(String field, String message) {}
