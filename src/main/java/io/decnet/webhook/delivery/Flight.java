package io.decnet.webhook.delivery;

/** An attempt on the wire. Guarded by the {@link Dispatcher}'s lock. */
final class Flight {
    final ClaimedDelivery delivery;
    final Lane lane;
    /** Of the circuit when the attempt began. */
    final long epoch;

    final long startedNanos;
    boolean slow;

    Flight(ClaimedDelivery delivery, Lane lane, long startedNanos) {
        this.delivery = delivery;
        this.lane = lane;
        this.epoch = lane.epoch();
        this.startedNanos = startedNanos;
    }
}
