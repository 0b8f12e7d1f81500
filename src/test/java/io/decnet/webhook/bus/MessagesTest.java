package io.decnet.webhook.bus;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a message was sent; what makes one of AMQP the same when it comes again, and another when its sender has begun to count anew. */
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

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 253_402_300_800_000L, 0, Long.MIN_VALUE})
    void aTimeOfNoYearOfOursGivesWayToThatOfReceipt(long sent) throws JMSException {
        var clock = Clock.fixed(Instant.parse("2026-04-24T20:24:33.12Z"), ZoneOffset.UTC);
        assertThat(Messages.read(sentAt(sent), 1, 1, clock).sentAt()).isEqualTo(clock.instant());
    }

    private static Message sentAt(long sent) {
        return (Message) Proxy.newProxyInstance(
                Message.class.getClassLoader(),
                new Class<?>[] {Message.class},
                (proxy, method, given) -> method.getName().equals("getJMSTimestamp") ? sent : null);
    }
}
