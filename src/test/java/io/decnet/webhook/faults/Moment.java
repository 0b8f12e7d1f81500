package io.decnet.webhook.faults;

import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** A moment in the life of an event, reached from outside and held until the point is closed. */
enum Moment {
    /** The transaction that stores the event waits for a lock on its table. */
    BEFORE_COMMIT {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            var lock = lock(site, "event");
            load.finished();
            awaitWaiting(site, 1);
            return lock;
        }
    },
    /** Events and deliveries are committed, but the broker, frozen, has seen no acknowledgement. */
    AFTER_COMMIT {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            var lock = lock(site, "event");
            load.finished();
            awaitWaiting(site, 1);
            long broker = site.broker().pid();
            Signal.STOP.to(broker);
            lock.close();
            await().atMost(Program.PATIENCE)
                    .until(() -> load.promised().keySet().stream().anyMatch(id -> isStored(site, id)));
            return () -> {
                if (site.broker().isAlive() && site.broker().pid() == broker) {
                    Signal.CONT.to(broker);
                }
            };
        }
    },
    /** The receiver has the request and does not answer. */
    ON_THE_WIRE {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            witness.hold();
            load.finished();
            await().atMost(Program.PATIENCE).until(() -> witness.attempts() > 0);
            return witness::letGo;
        }
    },
    /** The receiver has answered; the transaction that records it waits for a lock on its table. */
    BEFORE_THE_OUTCOME {
        @Override
        Point reach(Site site, Load load, Witness witness) {
            ON_THE_WIRE.reach(site, load, witness);
            var lock = lock(site, "delivery");
            witness.letGo();
            await().atMost(Program.PATIENCE).until(() -> witness.distinct() > 0);
            awaitWaiting(site, 1);
            return lock;
        }
    };

    /** Holds the moment. */
    interface Point {
        void close();
    }

    /** Lets the load be sent and returns when the moment is there. */
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

    /** Returns once so many transactions of the nodes wait for a lock. */
    static void awaitWaiting(Site site, int transactions) {
        await().atMost(Program.PATIENCE)
                .until(() -> site.rows()
                                .count("pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        + " AND application_name = 'decnet-webhook'")
                        >= transactions);
    }

    private static boolean isStored(Site site, String event) {
        return site.rows().count("event WHERE event_id = '" + event + "'") > 0;
    }
}
