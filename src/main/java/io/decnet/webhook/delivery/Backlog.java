package io.decnet.webhook.delivery;

/** Deliveries by what they wait for: pending ones for their turn, held ones for an operator. */
public record Backlog(long pending, long held, long failed) {
    public static final Backlog NONE = new Backlog(0, 0, 0);
}
