package io.decnet.webhook.testing;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Tables as months of work leave them, written by PostgreSQL itself. The busiest webhook gets every event, and what failed of it is old; each event
 * goes to four of the others. One in a hundred is paused and holds what came of late, one in five hundred has tripped.
 */
public final class LargeTables {
    public static final UUID BUSIEST = UUID.fromString("00000000-0001-7000-8000-000000000001");
    public static final String RARE_TOPIC = "attacker.rare.seen";
    /** Half of the events have it. */
    public static final String COMMON_TOPIC = "attacker.session.t0";

    private static final String FUNCTION = """
            CREATE FUNCTION made_id(millis bigint, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT (lpad(to_hex(millis), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid $$""";

    private static final String WEBHOOKS = """
            INSERT INTO subscription (id, name, url, secret, patterns, created_at, updated_at, change_seq, version)
            SELECT made_id(1, n), 'webhook ' || n, t.url || n, t.secret, '["unheard.of.t' || n || '"]',
                   t.created_at, t.updated_at, t.change_seq + 1, 1
            FROM (SELECT * FROM subscription LIMIT 1) t, generate_series(1, %1$d) n""";

    private static final String CIRCUITS = """
            INSERT INTO circuit (subscription_id, state, epoch, consecutive_failures, changed_at, auto_disabled_at,
                                 last_success_at, last_failure_at, last_error)
            SELECT made_id(1, n), CASE WHEN n %% 500 = 499 THEN 'tripped' WHEN n %% 100 = 7 THEN 'paused' ELSE 'active' END,
                   1, CASE WHEN n %% 500 = 499 THEN 5 WHEN n %% 50 = 3 THEN 2 ELSE 0 END, now(),
                   CASE WHEN n %% 500 = 499 THEN now() END, now() - n * interval '1 second',
                   CASE WHEN n %% 50 = 3 THEN now() END, CASE WHEN n %% 50 = 3 THEN 'HTTP 503' END
            FROM generate_series(1, %1$d) n""";

    private static final String EVENTS = """
            INSERT INTO event (id, topic, event_id, received_at, body)
            SELECT made_id((extract(epoch FROM at) * 1000)::bigint, n),
                   CASE WHEN n %% 10000 = 0 THEN 'attacker.rare.seen' WHEN n %% 2 = 0 THEN 'attacker.session.t0'
                        ELSE 'attacker.session.t' || n %% 40 END,
                   'event-' || n, at, convert_to('{"id":"event-' || n || '","payload":{"text":"' || repeat('x', 300) || '"}}', 'UTF8')
            FROM (SELECT n, now() - interval '5 days' + n * (interval '5 days' / %2$d) AS at FROM generate_series(1, %2$d) n) made""";

    private static final String DELIVERIES = """
            INSERT INTO delivery (id, event, subscription_id, stage, attempts, tries, created_at, wake_at, since, finished_at,
                                  last_status, last_error, last_at, last_duration_ms, last_address, last_excerpt)
            SELECT made_id((extract(epoch FROM at) * 1000)::bigint, n * 8 + k), event, made_id(1, s), stage, tries, tries, at, at,
                   at + interval '1 second', CASE WHEN stage >= 10 THEN at + interval '1 second' END,
                   CASE stage WHEN 10 THEN 200 WHEN 11 THEN 503 END, CASE stage WHEN 11 THEN 'HTTP 503' END,
                   CASE WHEN stage >= 10 THEN at + tries * interval '1 second' END, 12, '192.0.2.1', 'some answer'
            FROM (SELECT *, CASE WHEN s %% 100 = 7 AND n > %2$d * 0.9 THEN 0
                                 WHEN s = 1 AND n <= %2$d * 0.05 AND n %% 5 = 0 OR s > 1 AND n %% 40 = 0 THEN 11
                                 WHEN n %% 5000 = 1 THEN 12 ELSE 10 END AS stage,
                         CASE WHEN s = 1 AND n <= %2$d * 0.05 AND n %% 5 = 0 OR s > 1 AND n %% 40 = 0 THEN 4 ELSE 1 END AS tries
                  FROM (SELECT id AS event, received_at AS at, n, k, CASE WHEN k = 0 THEN 1 ELSE 2 + (n * 4 + k) * 7919 %% (%1$d - 1) END AS s
                        FROM (SELECT id, received_at, substr(event_id, 7)::bigint AS n FROM event WHERE event_id LIKE 'event-%%') e,
                             generate_series(0, 4) k) placed) made""";

    private static final String ATTEMPTS = """
            INSERT INTO attempt (delivery_id, number, at, duration_ms, status_code, error, address, response_excerpt)
            SELECT id, number, created_at + number * interval '1 second', 12, last_status, last_error, '192.0.2.1', 'some answer'
            FROM delivery, generate_series(1, attempts - 1) number WHERE stage >= 10""";

    private LargeTables() {}

    /**
     * Fills tables in which there is one webhook, whose secret and URL the others get; the program hears of them by itself.
     *
     * @param postgres as its superuser
     * @param webhooks a number that 7919 does not divide but for one
     * @param events five deliveries each
     */
    public static void fill(DataSource postgres, int webhooks, int events) throws SQLException {
        try (var connection = postgres.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(FUNCTION);
            for (var filling : new String[] {WEBHOOKS, CIRCUITS, EVENTS, DELIVERIES, ATTEMPTS}) {
                statement.execute(filling.formatted(webhooks, events));
            }
            statement.execute("DROP FUNCTION made_id");
            statement.execute("UPDATE subscription_change SET seq = seq + 1");
            statement.execute("VACUUM ANALYZE");
        }
    }
}
