package io.decnet.webhook.delivery;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Short transactions that keep claims in order, and the row of this node. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Upkeep {
    @Inject
    Sql sql;

    @Inject
    ClaimStore claims;

    @Inject
    ClaimLedger ledger;

    @Inject
    NodeIdentity node;

    @Inject
    Clock clock;

    /** Takes over what earlier lives of this node left claimed. */
    public int begin() {
        Instant now = clock.instant();
        sql.update("DELETE FROM node WHERE name = ?", node.name());
        sql.update(
                "INSERT INTO node (id, name, started_at, heartbeat_at) VALUES (?, ?, ?, ?)",
                node.life(),
                node.name(),
                now,
                now);
        return claims.releaseUnowned();
    }

    public void heartbeat() {
        sql.update("UPDATE node SET heartbeat_at = ? WHERE id = ?", clock.instant(), node.life());
    }

    public void end() {
        sql.update("DELETE FROM node WHERE id = ?", node.life());
        claims.releaseUnowned();
    }

    /** Claims under this number what the lane wants. */
    public Feed claim(Dispatcher.Want want, long claim) {
        return claims.claim(want, claim, clock.instant());
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
