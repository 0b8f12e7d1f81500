package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.subscription.PassingFaults.DatabaseAway;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingFaultsTest {
    private final PassingFaults faults = new PassingFaults();

    private static RuntimeException thrownBy(String state) {
        return new IllegalStateException(new IllegalStateException(new SQLException("a fault", state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "57P01", "57P02", "57P03", "08006", "08001", "90067"})
    void aFaultThatPassesIsToldFromOthers(String state) {
        Supplier<String> failing = () -> {
            throw thrownBy(state);
        };
        assertThatThrownBy(() -> faults.answer(failing)).isInstanceOf(DatabaseAway.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42P01", "55P03"})
    void anyOtherIsThrownAsItIs(String state) {
        var fault = thrownBy(state);
        assertThatThrownBy(() -> faults.run(() -> {
                    throw fault;
                }))
                .isSameAs(fault);
    }

    @Test
    void theContainerRepeatsThreeTimesAndOnNothingElse() throws NoSuchMethodException {
        for (var method : new String[] {"answer", "run"}) {
            var retry = PassingFaults.class
                    .getMethod(method, method.equals("run") ? Runnable.class : Supplier.class)
                    .getAnnotation(Retry.class);
            assertThat(retry.maxRetries()).isEqualTo(3);
            assertThat(retry.retryOn()).isEqualTo(new Class<?>[] {DatabaseAway.class});
        }
    }
}
