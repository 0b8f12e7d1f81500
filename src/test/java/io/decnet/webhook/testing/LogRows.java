package io.decnet.webhook.testing;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** The log of a subscription whose rows are of all stages, in turn, among those of another. A row and its event have one id, the greater the newer. */
public final class LogRows {
    public static final UUID SUBSCRIPTION = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final int[] STAGES = {0, 1, 2, 10, 11, 12};
    private static final String CIRCUIT =
            "INSERT INTO circuit (subscription_id, state, epoch, consecutive_failures, changed_at)"
                    + " VALUES (?, 'active', 0, 0, CURRENT_TIMESTAMP)";
    private static final String EVENT =
            "INSERT INTO event (id, topic, event_id, received_at, body) VALUES (?, ?, ?, CURRENT_TIMESTAMP, ?)";
    private static final String DELIVERY =
            "INSERT INTO delivery (id, event, subscription_id, stage, attempts, tries, created_at, since, wake_at)"
                    + " VALUES (?, ?, ?, ?, 0, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)";

    private LogRows() {}

    public static UUID id(long number) {
        return new UUID(number, 0);
    }

    public static List<UUID> ids(long... numbers) {
        return LongStream.of(numbers).mapToObj(LogRows::id).toList();
    }

    /** A row for each topic, the first of which is the oldest: number 1, a retry. */
    public static void fill(Database database, List<String> topics) throws SQLException {
        database.update("ALTER TABLE delivery DROP CONSTRAINT IF EXISTS delivery_subscription");
        database.update(CIRCUIT, SUBSCRIPTION);
        try (var connection = database.connect();
                var event = connection.prepareStatement(EVENT);
                var delivery = connection.prepareStatement(DELIVERY)) {
            connection.setAutoCommit(false);
            for (int number = 1; number <= topics.size(); number++) {
                event.setObject(1, id(number));
                event.setString(2, topics.get(number - 1));
                event.setString(3, "event-" + number);
                event.setBytes(4, new byte[] {'x'});
                event.addBatch();
                add(delivery, id(number), number, SUBSCRIPTION);
                add(delivery, new UUID(number, 1), number, OTHER);
            }
            event.executeBatch();
            delivery.executeBatch();
            connection.commit();
        }
    }

    private static void add(PreparedStatement delivery, UUID id, int number, UUID subscription) throws SQLException {
        delivery.setObject(1, id);
        delivery.setObject(2, id(number));
        delivery.setObject(3, subscription);
        delivery.setInt(4, STAGES[number % STAGES.length]);
        delivery.addBatch();
    }
}
