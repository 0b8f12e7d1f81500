package io.decnet.webhook.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Takes from the table what lanes want, and gives back what they will not attempt. Called by one thread. */
@ApplicationScoped
class Feeder {
    private static final Logger LOG = System.getLogger(Feeder.class.getName());
    private static final int MAX_BATCH = 256;

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

    /** Until nobody wants anything, or the program ends. */
    void step(BooleanSupplier ending) {
        List<Claim> claims = releases.take(MAX_BATCH);
        while (!claims.isEmpty()) {
            release(claims);
            claims = releases.take(MAX_BATCH);
        }
        List<Want> wants = dispatcher.nextWants();
        while (!wants.isEmpty() && !ending.getAsBoolean()) {
            feed(wants);
            wants = dispatcher.nextWants();
        }
    }

    private void feed(List<Want> wants) {
        try {
            claim(wants);
        } catch (RuntimeException | Error e) {
            if (wants.size() > 1 && !isDatabaseAway(e)) {
                feedEach(wants);
            }
            throw e;
        }
    }

    /** What cannot be claimed or loaded may be one lane's: the others are not to wait for it. */
    private void feedEach(List<Want> wants) {
        for (Want want : wants) {
            try {
                claim(List.of(want));
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "lane.unfed subscription=" + want.subscription() + " cause=" + e);
            }
        }
    }

    private static boolean isDatabaseAway(Throwable thrown) {
        return StoreFault.isOfDatabase(thrown) && StoreFault.of(thrown) == StoreFault.UNAVAILABLE;
    }

    private void claim(List<Want> wants) {
        int most = wants.stream().mapToInt(Want::most).sum();
        long claim = ledger.take(most);
        try {
            List<Feed> feeds = upkeep.claim(wants, claim);
            int claimed = feeds.stream().mapToInt(feed -> feed.claimed().size()).sum();
            ledger.settle(claim, most - claimed);
            dispatcher.feed(wants, feeds);
        } catch (RuntimeException | Error e) {
            dispatcher.feed(wants, List.of());
            ledger.settle(claim, most);
            ledger.doubt();
            throw e;
        }
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
