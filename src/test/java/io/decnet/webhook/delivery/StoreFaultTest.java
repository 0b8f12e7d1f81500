package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFaultTest {
    @ParameterizedTest
    @CsvSource({
        "22001, BAD_ROW",
        "22021, BAD_ROW",
        "23502, BAD_ROW",
        "23514, BAD_ROW",
        "23505, OUTDATED",
        "23503, OUTDATED",
        "23506, OUTDATED",
        "40001, OUTDATED",
        "40P01, OUTDATED",
        "08006, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "90121, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "90067, UNAVAILABLE"
    })
    void tellsByTheState(String state, StoreFault fault) {
        assertThat(StoreFault.of(new IllegalStateException(new SQLException("refused", state))))
                .isEqualTo(fault);
    }

    @Test
    void asksTheRowOfABatchThatFailed() {
        var batch = new BatchUpdateException("batch", "08000", 0, new int[0]);
        batch.setNextException(new SQLException("the row", "22001"));
        assertThat(StoreFault.of(batch)).isEqualTo(StoreFault.BAD_ROW);
    }

    @Test
    void aPoolThatHasNoConnectionIsADatabaseThatIsAway() {
        var thrown = new RuntimeException(new SQLException("Error in allocating a connection"));
        assertThat(StoreFault.of(thrown)).isEqualTo(StoreFault.UNAVAILABLE);
        assertThat(StoreFault.isOfDatabase(thrown)).isTrue();
    }

    @Test
    void aFaultOfTheProgramIsNoneOfTheDatabase() {
        assertThat(StoreFault.isOfDatabase(new IllegalStateException("bug"))).isFalse();
    }
}
