package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimLedgerTest {
    private final ClaimLedger ledger = new ClaimLedger();

    @Test
    void aClaimIsInHandUntilTheLastOfItsDeliveriesIsSettled() {
        long claim = ledger.take(3);
        ledger.settle(claim, 2);
        assertThat(ledger.isInHand(claim)).isTrue();
        ledger.settle(claim, 1);
        assertThat(ledger.isInHand(claim)).isFalse();
    }

    @Test
    void doubtsOnlyOnceATransactionHasFailed() {
        assertThat(ledger.isInDoubt()).isFalse();
        ledger.doubt();
        assertThat(ledger.isInDoubt()).isTrue();
    }
}
