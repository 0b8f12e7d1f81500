package io.decnet.webhook.delivery;

/**
 * How a subscription is delivered to on this node, at one moment.
 *
 * @param window how many attempts may be on the wire now: fewer than {@code concurrency} after an enable
 * @param fast attempts on the wire younger than a second
 * @param slow attempts on the wire that are older
 * @param waiting deliveries in memory
 * @param spilled whether more wait in the table
 */
public record LaneView(boolean open, int window, int concurrency, int fast, int slow, int waiting, boolean spilled) {}
