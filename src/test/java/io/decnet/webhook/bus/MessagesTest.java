package io.decnet.webhook.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes an AMQP message the same when it comes again, and another when its sender has begun to count anew. */
class MessagesTest {
    @ParameterizedTest
    @CsvSource({
        "ID:AMQP_ULONG:1, 1777062273120, ID:AMQP_ULONG:1-1777062273120",
        "ID:order-7, 1777062273120, ID:order-7-1777062273120",
        "ID:order-7, 0, ID:order-7",
        "ID:0c4be912-0aa1-4148-b46d-9ebedeba04d2:1:1:1-1, 1777062273120, ID:0c4be912-0aa1-4148-b46d-9ebedeba04d2:1:1:1-1",
        "ID:AMQP_UUID:0C4BE912-0AA1-4148-B46D-9EBEDEBA04D2, 5, ID:AMQP_UUID:0C4BE912-0AA1-4148-B46D-9EBEDEBA04D2"
    })
    void aNumberedMessageIsToldApartByItsTime(String id, long sent, String known) {
        assertThat(Messages.distinct(id, sent)).isEqualTo(known);
    }
}
