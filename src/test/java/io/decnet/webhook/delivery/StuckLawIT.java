package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.EmptyTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is stuck and what only waits, on both databases. There is a delivery of an active circuit that has been due for
 * two minutes, another that was delivered before, and a node that has lived for longer; each case is a change from there.
 */
class StuckLawIT {
    private static final String NODE = "'00000000-0000-0000-0000-00000000000a'";
    private static final String OTHER_NODE = "'00000000-0000-0000-0000-00000000000b'";
    private static final String SUBSCRIPTION = "'00000000-0000-0000-0000-000000000001'";
    private static final String WAITING = "'00000000-0000-0000-0000-000000000002'";
    private static final String EARLIER = "'00000000-0000-0000-0000-000000000003'";
    private static final String LONG_AGO = "CURRENT_TIMESTAMP - INTERVAL '2' MINUTE";
    private static final String LATELY = "CURRENT_TIMESTAMP - INTERVAL '50' SECOND";

    private static final List<String> TABLES = List.of(
            node(NODE, "CURRENT_TIMESTAMP - INTERVAL '1' DAY", "CURRENT_TIMESTAMP"),
            "INSERT INTO subscription (id, name, url, secret, patterns, created_at, updated_at, version) VALUES ("
                    + SUBSCRIPTION + ", 'siem', 'http://192.0.2.1/', CAST('secret' AS bytea), '[]', " + LONG_AGO + ", "
                    + LONG_AGO + ", 1)",
            "INSERT INTO circuit (subscription_id, state, epoch, consecutive_failures, changed_at, last_success_at)"
                    + " VALUES (" + SUBSCRIPTION + ", 'active', 0, 0, " + LONG_AGO + ", " + LONG_AGO + ")",
            delivery(WAITING, Stage.NEW),
            delivery(EARLIER, Stage.DELIVERED));

    @TempDir
    Path directory;

    private static String node(String id, String startedAt, String heardAt) {
        return "INSERT INTO node (id, name, started_at, heartbeat_at) VALUES (" + id + ", 'node', " + startedAt + ", "
                + heardAt + ")";
    }

    /** Its event has its id. */
    private static String delivery(String id, Stage stage) {
        return "INSERT INTO delivery (id, event, subscription_id, stage, attempts, tries, created_at, since, wake_at)"
                + " VALUES (" + id + ", " + id + ", " + SUBSCRIPTION + ", " + stage.code() + ", 0, 0, " + LONG_AGO
                + ", " + LONG_AGO + ", " + LONG_AGO + ")";
    }

    private static String set(String id, String columns) {
        return "UPDATE delivery SET " + columns + " WHERE id = " + id;
    }

    private static String claimedBy(String node) {
        return set(WAITING, "stage = 2, claim = 1, claimed_by = " + node);
    }

    /** Makes the change in a transaction of its own, which is rolled back. */
    private static long stuckAfter(Database database, String... changes) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            execute(connection, changes);
            try (var count = connection.prepareStatement(Stuck.COUNT);
                    var rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            } finally {
                connection.rollback();
            }
        }
    }

    private static void execute(Connection connection, String... changes) throws SQLException {
        for (var change : changes) {
            try (var statement = connection.createStatement()) {
                statement.execute(change);
            }
        }
    }

    private Stream<DynamicTest> onBoth(long stuck, Map<String, String[]> cases) {
        return EmptyTables.onBoth(directory, database -> {
            try (var connection = database.connect()) {
                execute(connection, TABLES.toArray(String[]::new));
            }
            Map<String, Long> counted = new LinkedHashMap<>();
            for (var each : cases.entrySet()) {
                counted.put(each.getKey(), stuckAfter(database, each.getValue()));
            }
            assertThat(counted).allSatisfy((name, count) -> assertThat(count).isEqualTo(stuck));
        });
    }

    private static String[] of(String... changes) {
        return changes;
    }

    @TestFactory
    Stream<DynamicTest> whatNothingWouldWakeIsCounted() {
        return onBoth(
                1,
                Map.ofEntries(
                        Map.entry("a first attempt nobody takes", of()),
                        Map.entry("a retry nobody takes", of(set(WAITING, "stage = 1, last_at = " + LONG_AGO))),
                        Map.entry("of one that never succeeded", of("UPDATE circuit SET last_success_at = NULL")),
                        Map.entry(
                                "when another node has just begun",
                                of(node(OTHER_NODE, "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"))),
                        Map.entry("claimed by a life that is gone", of(claimedBy(OTHER_NODE))),
                        Map.entry("claimed by nobody", of(claimedBy("NULL"))),
                        Map.entry(
                                "claimed by a node that was silent for long",
                                of(claimedBy(OTHER_NODE), node(OTHER_NODE, LONG_AGO, LONG_AGO))),
                        Map.entry("in a stage there is not", of(set(WAITING, "stage = 5"))),
                        Map.entry("without a circuit", of("DELETE FROM circuit"))));
    }

    @TestFactory
    Stream<DynamicTest> whatWaitsForAReasonIsNotCounted() {
        return onBoth(
                0,
                Map.ofEntries(
                        Map.entry("due lately", of(set(WAITING, "wake_at = " + LATELY))),
                        Map.entry(
                                "a retry of tomorrow",
                                of(set(WAITING, "stage = 1, wake_at = CURRENT_TIMESTAMP + INTERVAL '1' DAY"))),
                        Map.entry("held by a pause", of("UPDATE circuit SET state = 'paused'")),
                        Map.entry("held by a trip", of("UPDATE circuit SET state = 'tripped'")),
                        Map.entry("enabled lately", of("UPDATE circuit SET changed_at = " + LATELY)),
                        Map.entry(
                                "behind one that was delivered lately",
                                of("UPDATE circuit SET last_success_at = " + LATELY)),
                        Map.entry("behind one that failed lately", of(set(EARLIER, "stage = 11, last_at = " + LATELY))),
                        Map.entry(
                                "behind one that is to be retried",
                                of(set(EARLIER, "stage = 1, wake_at = CURRENT_TIMESTAMP, last_at = " + LATELY))),
                        Map.entry(
                                "behind one on the wire",
                                of(set(EARLIER, "stage = 2, claim = 1, claimed_by = " + NODE))),
                        Map.entry("claimed by a node that lives", of(claimedBy(NODE))),
                        Map.entry(
                                "claimed by a node that was silent for a while",
                                of(claimedBy(OTHER_NODE), node(OTHER_NODE, LONG_AGO, LATELY))),
                        Map.entry(
                                "claimed by a silent node when the only other has just begun",
                                of(
                                        claimedBy(OTHER_NODE),
                                        node(OTHER_NODE, LONG_AGO, LONG_AGO),
                                        "UPDATE node SET started_at = " + LATELY + " WHERE id = " + NODE)),
                        Map.entry(
                                "when the first node has just begun",
                                of("UPDATE node SET started_at = " + LATELY, node(OTHER_NODE, LONG_AGO, LONG_AGO))),
                        Map.entry("while no node lives", of("UPDATE node SET heartbeat_at = " + LONG_AGO)),
                        Map.entry("failed", of(set(WAITING, "stage = 11"))),
                        Map.entry("discarded", of(set(WAITING, "stage = 12")))));
    }
}
