package io.decnet.webhook.delivery;

/**
 * The one law of what is stuck: unfinished deliveries that nothing would wake. The metric and the page ask it, and so do
 * tests, by the same statement. A delivery is stuck
 *
 * <ul>
 *   <li>that is claimed by nobody, by a life that has no row, or by one that was silent for a minute while another that
 *       could have taken over was there all the time: a takeover takes half of that;
 *   <li>that nobody has claimed though its circuit is active, that has been due for a minute, and whose subscription
 *       makes no progress: nothing of it is claimed, and nothing of it was attempted for a minute;
 *   <li>whose stage there is not, or whose subscription has no circuit.
 * </ul>
 *
 * <p>So neither a long backlog of a slow receiver is stuck, nor what waits behind attempts that hang, nor a retry of
 * tomorrow, nor what is held. A minute begins anew when the circuit changes, and when the first node is started: an
 * hour of rest is no fault. A forgotten delivery of a subscription that goes on is found once that comes to rest.
 */
public final class Stuck {
    private static final String A_MINUTE_AGO = "CURRENT_TIMESTAMP - INTERVAL '60' SECOND";

    /** Nodes that live, and have for a minute. */
    private static final String TAKERS = "(SELECT count(*) FROM node WHERE started_at < " + A_MINUTE_AGO
            + " AND heartbeat_at >= CURRENT_TIMESTAMP - INTERVAL '" + Lease.DEAD_AFTER.toSeconds() + "' SECOND)";

    private static final String OWNERS =
            "SELECT id FROM node WHERE heartbeat_at >= " + A_MINUTE_AGO + " OR " + TAKERS + " = 0";

    private static final String OF_CIRCUIT =
            " FROM delivery d WHERE d.subscription_id = c.subscription_id AND d.stage ";

    private static final String CLAIMED = "(SELECT count(*)" + OF_CIRCUIT + "= 2)";
    private static final String LAST_FAILURE = "(SELECT max(d.last_at)" + OF_CIRCUIT + "IN (1, 11))";
    private static final String DUE = "(SELECT count(*)" + OF_CIRCUIT + "= 0 AND d.wake_at < " + A_MINUTE_AGO
            + ") + (SELECT count(*)" + OF_CIRCUIT + "= 1 AND d.wake_at < " + A_MINUTE_AGO + ")";

    /**
     * How many there are, in one row of one column. Cheap however much waits: what waits is only counted where nothing is
     * claimed and nothing was delivered lately, and each number is a range of an index.
     */
    public static final String COUNT = "SELECT sum(n) FROM ("
            + "SELECT count(*) AS n FROM delivery WHERE stage = 2"
            + " AND (claimed_by IS NULL OR claimed_by NOT IN (" + OWNERS + "))"
            + " UNION ALL SELECT sum(CASE WHEN " + CLAIMED + " > 0 THEN 0 WHEN " + DUE + " = 0 THEN 0"
            + " WHEN " + LAST_FAILURE + " >= " + A_MINUTE_AGO + " THEN 0 ELSE " + DUE + " END) FROM circuit c"
            + " WHERE c.state = 'active' AND c.changed_at < " + A_MINUTE_AGO
            + " AND coalesce(c.last_success_at, c.changed_at) < " + A_MINUTE_AGO + " AND " + TAKERS + " > 0"
            + " UNION ALL SELECT count(*) FROM delivery WHERE stage < 0"
            + " UNION ALL SELECT count(*) FROM delivery WHERE stage > 2 AND stage < 10"
            + " UNION ALL SELECT count(*) FROM delivery WHERE stage > 12"
            + " UNION ALL SELECT count(*) FROM delivery WHERE stage IN (0, 1, 2) AND subscription_id IN"
            + " (SELECT s.id FROM subscription s WHERE s.deleted_at IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM circuit c WHERE c.subscription_id = s.id))) stuck";

    private Stuck() {}
}
