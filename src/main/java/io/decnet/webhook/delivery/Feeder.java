package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Takes from the table what lanes want, and gives back what they will not attempt. Called by one thread. */
@ApplicationScoped
class Feeder {
    private static final int MAX_BATCH = 256;
    /** Lanes in one transaction. */
    private static final int TOGETHER = 8;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Releases releases;

    @Inject
    Upkeep upkeep;

    @Inject
    ClaimLedger ledger;

    @Inject
    HeldBacklogs held;

    /** So many more lanes are fed one by one, since it may be one of them that cannot be. */
    private int alone;

    /** Until nobody wants anything, or the program ends. */
    void step(BooleanSupplier ending) {
        List<Claim> claims = releases.take(MAX_BATCH);
        while (!claims.isEmpty()) {
            release(claims);
            claims = releases.take(MAX_BATCH);
        }
        List<Want> wants = nextWants();
        while (!wants.isEmpty() && !ending.getAsBoolean()) {
            feed(wants);
            wants = nextWants();
        }
    }

    private List<Want> nextWants() {
        return dispatcher.nextWants(alone > 0 ? 1 : TOGETHER);
    }

    private void feed(List<Want> wants) {
        alone = Math.max(0, alone - 1);
        int most = wants.stream().mapToInt(Want::most).sum();
        long claim = ledger.take(most);
        List<Feed> feeds;
        try {
            feeds = upkeep.claim(wants, claim);
        } catch (RuntimeException | Error e) {
            forget(claim, most);
            dispatcher.notFed(wants);
            if (wants.size() > 1) {
                alone = wants.size();
            }
            throw e;
        }
        int claimed = feeds.stream().mapToInt(feed -> feed.claimed().size()).sum();
        ledger.settle(claim, most - claimed);
        try {
            dispatcher.feed(wants, feeds);
        } catch (RuntimeException | Error e) {
            forget(claim, claimed);
            throw e;
        }
    }

    /** Whatever is in the table under it is found there and given back. */
    private void forget(long claim, int deliveries) {
        ledger.settle(claim, deliveries);
        ledger.doubt();
    }

    private void release(List<Claim> claims) {
        try {
            upkeep.release(claims);
        } catch (RuntimeException | Error e) {
            releases.addAll(claims);
            throw e;
        }
        claims.forEach(claim -> ledger.settle(claim.number(), 1));
        claims.stream().map(Claim::subscription).distinct().forEach(subscription -> {
            dispatcher.waiting(subscription);
            held.grows(subscription); // its circuit may have opened
        });
    }
}
