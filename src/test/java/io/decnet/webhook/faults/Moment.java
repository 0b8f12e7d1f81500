package io.decnet.webhook.faults;

import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** A moment in the lives of events, reached from outside on every node at once and held until the point is closed. */
enum Moment {
    /** The transactions that store the events wait for a lock on their table. */
    BEFORE_COMMIT {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            var lock = lock(site, "event");
            load.begin();
            awaitWaiting(site, site.nodes().size(), STORES);
            load.end();
            return lock;
        }
    },
    /**
     * Events and deliveries are committed, but the broker, frozen, has seen no acknowledgement; the receiver keeps them from
     * being finished.
     */
    AFTER_COMMIT {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            witness.hold();
            var lock = BEFORE_COMMIT.reach(site, load, witness);
            long broker = site.broker().pid();
            Signal.STOP.to(broker);
            lock.close();
            await().atMost(Program.PATIENCE)
                    .until(() -> site.rows().claimers() == site.nodes().size());
            return () -> {
                witness.letGo();
                if (site.broker().isAlive() && site.broker().pid() == broker) {
                    Signal.CONT.to(broker);
                }
            };
        }
    },
    /** The receiver has as many requests as it may have of each node, and does not answer; there are more events. */
    ON_THE_WIRE {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            witness.hold();
            load.begin();
            int most = WINDOW * site.nodes().size();
            await().atMost(Program.PATIENCE).until(() -> witness.attempts() == most);
            load.awaitSent(2 * most);
            load.end();
            return witness::letGo;
        }
    },
    /** The receiver has answered those and has others; the transactions that record it wait for a lock on their table. */
    BEFORE_THE_OUTCOME {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            ON_THE_WIRE.reach(site, load, witness);
            var lock = lock(site, "delivery");
            witness.letGoAndHoldTheNext();
            awaitWaiting(site, site.nodes().size(), RECORDS);
            return () -> {
                lock.close();
                witness.letGo();
            };
        }
    };

    /** Attempts of one node on the wire to one receiver. */
    private static final int WINDOW = 8;

    /** Begins the statement that stores events. */
    static final String STORES = "INSERT INTO event";

    private static final String RECORDS = "UPDATE delivery SET stage = $1, attempts";

    /** Holds the moment. */
    interface Point {
        void close();
    }

    /** Begins the load, ends it when the moment is there, and returns then. */
    abstract Point reach(Site site, Load load, Witness witness);

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Makes every transaction that writes to the table wait. */
    static Point lock(Site site, String table) {
        try {
            Connection session = site.postgres().dataSource().getConnection();
            session.setAutoCommit(false);
            try (var statement = session.createStatement()) {
                statement.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
            }
            return () -> end(session);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Connection session) {
        try (session) {
            session.rollback();
        } catch (SQLException e) {
            // The database was broken under it, and the lock with it.
        }
    }

    /** Returns once so many transactions of the nodes wait for a lock with a statement that begins so; a node has one of a kind at a time. */
    static void awaitWaiting(Site site, int transactions, String statement) {
        await().atMost(Program.PATIENCE)
                .until(() -> site.rows()
                                .count("pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        + " AND application_name = 'decnet-webhook' AND query LIKE '" + statement
                                        + "%'")
                        >= transactions);
    }
}
