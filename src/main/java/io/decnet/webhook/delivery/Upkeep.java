package io.decnet.webhook.delivery;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Short transactions that keep claims in order. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Upkeep {
    @Inject
    ClaimStore claims;

    @Inject
    ClaimLedger ledger;

    @Inject
    DatabaseClock clock;

    /**
     * Claims under this number what the lanes want.
     *
     * @return in the order of the wants. A lane gets one row at least, of any size: once that was more than it was granted there are no more feeds, and
     *     the lanes left out have to ask again
     */
    public List<Feed> claim(List<Want> wants, long claim) {
        Instant now = clock.instant();
        List<Feed> feeds = new ArrayList<>();
        boolean fits = true;
        for (Iterator<Want> rest = wants.iterator(); rest.hasNext() && fits; ) {
            Want want = rest.next();
            Feed feed = claims.claim(want, claim, now);
            feeds.add(feed);
            fits = feed.weight() <= want.bytes();
        }
        return feeds;
    }

    /** Gives back a chunk of what lives that are no more have claimed; returns how many. */
    public int releaseUnowned() {
        return claims.releaseUnowned();
    }

    /** What waits in the table, lane by lane. */
    public List<ClaimStore.Survey> survey() {
        return claims.survey();
    }

    public void release(Collection<Claim> unwanted) {
        claims.release(unwanted);
    }

    /** Gives back what this life has claimed but forgotten, after a commit nobody knows the end of. */
    public List<Claim> releaseForgotten() {
        List<Claim> forgotten = claims.claimed().stream()
                .filter(claim -> !ledger.isInHand(claim.number()))
                .toList();
        claims.release(forgotten);
        return forgotten;
    }
}
