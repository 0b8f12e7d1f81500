package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.testing.EmptyTables;
import io.decnet.webhook.testing.LogRows;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class RowLocksIT {
    private static final String OF_STAGE = "subscription_id = ? AND stage = ?";

    @TempDir
    Path directory;

    private static RowLocks in(Connection transaction) {
        var locks = new RowLocks();
        locks.sql = Sql.on(onlyOf(transaction));
        return locks;
    }

    /** As the server does it: whoever asks within a transaction gets its connection. */
    private static DataSource onlyOf(Connection transaction) {
        var loader = RowLocksIT.class.getClassLoader();
        var unclosed = Proxy.newProxyInstance(
                loader,
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(transaction, arguments));
        return (DataSource) Proxy.newProxyInstance(
                loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> unclosed);
    }

    private static RowLocks.Locked first(Connection transaction, int limit) {
        return in(transaction).first(OF_STAGE, RowLocks.BY_DUE, limit, LogRows.SUBSCRIPTION, Stage.RETRY.code());
    }

    @TestFactory
    Stream<DynamicTest> whatIsBehindTheLimitIsLeftToOthers() {
        return EmptyTables.onBoth(directory, database -> {
            LogRows.fill(database, Collections.nCopies(600, "a.b"));
            try (var one = database.connect();
                    var other = database.connect()) {
                one.setAutoCommit(false);
                other.setAutoCommit(false);
                assertThat(first(one, 5)).isEqualTo(new RowLocks.Locked(LogRows.ids(1, 7, 13, 19, 25), true));
                assertThat(Sql.on(onlyOf(other))
                                .ids(
                                        "SELECT id FROM delivery WHERE " + OF_STAGE
                                                + " ORDER BY id FOR UPDATE SKIP LOCKED",
                                        LogRows.SUBSCRIPTION,
                                        Stage.RETRY.code()))
                        .hasSize(95)
                        .startsWith(LogRows.id(31));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> behindWhatIsLockedThereMayBeMore() {
        return EmptyTables.onBoth(directory, database -> {
            LogRows.fill(database, Collections.nCopies(60, "a.b"));
            var h2 = database.name().equals("H2");
            try (var one = database.connect();
                    var other = database.connect()) {
                one.setAutoCommit(false);
                other.setAutoCommit(false);
                first(one, 5);
                assertThat(first(other, 3))
                        .isEqualTo(new RowLocks.Locked(h2 ? List.of() : LogRows.ids(31, 37, 43), true));
                other.rollback();
                one.rollback();
                assertThat(first(other, 11).ids()).hasSize(10);
                assertThat(first(other, 11).more()).isFalse();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsOldIsLockedByStage() {
        return EmptyTables.onBoth(directory, database -> {
            LogRows.fill(database, Collections.nCopies(24, "a.b"));
            try (var one = database.connect()) {
                one.setAutoCommit(false);
                assertThat(in(one).first(
                                        "stage = ? AND since <= ?",
                                        "stage, since",
                                        100,
                                        Stage.FAILED.code(),
                                        Instant.now().plusSeconds(3600))
                                .ids())
                        .hasSize(8)
                        .contains(LogRows.id(4), new UUID(4, 1));
            }
        });
    }
}
