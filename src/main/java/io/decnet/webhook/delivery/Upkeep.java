package io.decnet.webhook.delivery;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
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

    /** Claims under this number what the lane wants. */
    public Feed claim(Want want, long claim) {
        return claims.claim(want, claim, clock.instant());
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
