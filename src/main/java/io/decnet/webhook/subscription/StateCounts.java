package io.decnet.webhook.subscription;

/** How many subscriptions there are in each state. */
public record StateCounts(long active, long paused, long tripped) {
    public long total() {
        return active + paused + tripped;
    }
}
