package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FreshLookUpsTest {
    private static final String HOST = "receiver.example";
    private final AtomicInteger asked = new AtomicInteger();

    private FreshLookUps lookUps(Duration moment, LookUps.Resolver resolver) {
        return new FreshLookUps(
                DestinationPolicyTest.policy(Map.of()),
                LookUps.on(Runnable::run, Duration.ofSeconds(60), host -> {
                    asked.incrementAndGet();
                    return resolver.resolve(host);
                }),
                moment);
    }

    private static InetAddress[] leadsTo(String address) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(address)};
    }

    @Test
    void whatWasCheckedAMomentAgoIsNotAskedAgain() throws ForbiddenDestination {
        var lookUps = lookUps(Duration.ofHours(1), host -> leadsTo("192.0.9.1"));
        lookUps.require(HOST);
        lookUps.require(HOST);
        lookUps.require("other.example");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aNameThatHasComeToLeadInsideIsRefused() throws ForbiddenDestination {
        var lookUps = lookUps(Duration.ZERO, host -> leadsTo(asked.get() == 1 ? "192.0.9.1" : "10.0.0.1"));
        lookUps.require(HOST);
        assertThatThrownBy(() -> lookUps.require(HOST)).isInstanceOf(ForbiddenDestination.class);
    }

    @Test
    void aRefusalIsAskedAboutEachTime() {
        var lookUps = lookUps(Duration.ofHours(1), host -> leadsTo("10.0.0.1"));
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> lookUps.require(HOST)).isInstanceOf(ForbiddenDestination.class);
            assertThat(asked).hasValue(i);
        }
    }

    @Test
    void aResolverThatDoesNotAnswerIsNotWaitedForByEachAttempt() throws ForbiddenDestination {
        var lookUps = lookUps(Duration.ZERO, host -> {
            throw new UnknownHostException("the look-up takes too long");
        });
        for (int i = 0; i < 5; i++) {
            lookUps.require(HOST);
        }
        assertThat(asked).hasValue(1);
    }
}
