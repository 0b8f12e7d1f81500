package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BulkPageTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final UUID THREE = new UUID(0, 3);

    @Test
    void knowsAChoiceFromAnotherOfAsMany() {
        assertThat(BulkPage.fingerprint(List.of(ONE, TWO))).isNotEqualTo(BulkPage.fingerprint(List.of(ONE, THREE)));
    }

    @Test
    void knowsTheSameChoiceInAnotherOrder() {
        assertThat(BulkPage.fingerprint(List.of(ONE, TWO))).isEqualTo(BulkPage.fingerprint(List.of(TWO, ONE)));
    }
}
