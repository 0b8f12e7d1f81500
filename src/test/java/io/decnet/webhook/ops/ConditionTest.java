package io.decnet.webhook.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionTest {
    @Test
    void saysNothingOfTheReasonToTheWorld() {
        var condition = new Condition(
                "database", () -> Optional.of("password of db.internal refused"), Runnable::run, Clock.systemUTC());
        var response = condition.response();
        assertThat(response.getName()).isEqualTo("database");
        assertThat(response.getStatus().name()).isEqualTo("DOWN");
        assertThat(response.getData()).isEmpty();
    }

    @Test
    void isUpWhenNothingIsWrong() {
        var condition = new Condition("broker", Optional::empty, Runnable::run, Clock.systemUTC());
        assertThat(condition.response().getStatus().name()).isEqualTo("UP");
    }
}
