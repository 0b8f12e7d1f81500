package io.decnet.webhook.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final UUID ID = new UUID(7, 7);

    @Test
    void aTripTellsTheCountAndErrorThatLedToIt() {
        var trip = Given.in(CircuitState.ACTIVE).failure(Given.EPOCH, "HTTP 503", Given.NOW, 1);

        assertThat(trip.announcement(ID, "siem"))
                .contains(new CircuitChange(
                        ID,
                        "siem",
                        CircuitChange.Kind.TRIPPED,
                        Given.EPOCH + 1,
                        Given.FAILURES + 1,
                        Optional.of("HTTP 503"),
                        Given.NOW));
    }

    @Test
    void aRecoveryTellsThoseFromBeforeTheyWereCleared() {
        assertThat(Given.in(CircuitState.TRIPPED).enable(Given.NOW).announcement(ID, "siem"))
                .contains(new CircuitChange(
                        ID,
                        "siem",
                        CircuitChange.Kind.RECOVERED,
                        Given.EPOCH + 1,
                        Given.FAILURES,
                        Optional.of("HTTP 500"),
                        Given.NOW));
    }

    @Test
    void anEnableOfAPausedOneTellsWhatIsNow() {
        assertThat(Given.in(CircuitState.PAUSED).enable(Given.NOW).announcement(ID, "siem"))
                .contains(new CircuitChange(
                        ID, "siem", CircuitChange.Kind.ENABLED, Given.EPOCH + 1, 0, Optional.empty(), Given.NOW));
    }

    @Test
    void countsAloneAreNotAnnounced() {
        assertThat(Given.in(CircuitState.ACTIVE)
                        .failure(Given.EPOCH, "HTTP 503", Given.NOW, 100)
                        .announcement(ID, "siem"))
                .isEmpty();
    }

    @Test
    void statesAreKnownByTheirLabels() {
        assertThat(CircuitState.labelled("tripped")).contains(CircuitState.TRIPPED);
        assertThat(CircuitState.labelled("TRIPPED")).isEmpty();
        assertThat(CircuitState.values())
                .extracting(CircuitState::label)
                .containsExactly("active", "paused", "tripped");
    }
}
