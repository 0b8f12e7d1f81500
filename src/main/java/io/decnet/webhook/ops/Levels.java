package io.decnet.webhook.ops;

import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.subscription.StateCounts;

/** What stands in the database now, as gauges show it; not a number when the database does not say. */
record Levels(double pending, double held, double stuck, double active, double paused, double tripped) {
    static final Levels UNKNOWN = new Levels(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    static Levels of(Backlog backlog, long stuck, StateCounts counts) {
        return new Levels(backlog.pending(), backlog.held(), stuck, counts.active(), counts.paused(), counts.tripped());
    }
}
