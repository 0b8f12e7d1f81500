package io.decnet.webhook.config;

import java.util.Locale;

/** Every key of the configuration, with its default, what it takes and why it is there. The one table behind launcher, broker and application. */
public enum Key {
    CIRCUIT_THRESHOLD(
            "circuit-threshold",
            "5",
            Takes.number(1, 1000),
            "Failed deliveries in a row after which a subscription trips."),
    REQUEST_TIMEOUT(
            "request-timeout",
            "10s",
            Takes.duration("100ms", "60s"),
            "One attempt in all: look-up, connect, headers and body; when many end at once, up to a tenth of it longer, at most half a second. A receiver that needs longer should answer 202 and work afterwards."),
    CONNECT_TIMEOUT(
            "connect-timeout",
            "3s",
            Takes.duration("100ms", "60s"),
            "The part of an attempt that may go into connecting: a dead host shows early."),
    RETRY_SCHEDULE(
            "retry-schedule",
            "1s,2s,4s",
            Takes.schedule(),
            "Delays before the second, third, … attempt, each give or take 20 %; then the delivery has failed."),
    EGRESS_CONCURRENCY(
            "egress-concurrency",
            "256",
            Takes.number(1, 4096),
            "Attempts on the wire at once on this node, fast ones and slow ones each."),
    SUBSCRIPTION_CONCURRENCY(
            "subscription-concurrency",
            "8",
            Takes.number(1, 64),
            "Attempts on the wire at once for one subscription on this node, unless the subscription says otherwise."),
    MAX_EVENT_BYTES(
            "max-event-bytes",
            "1048576",
            Takes.number(1, 67_108_864),
            "Larger messages are rejected before they are parsed, so memory stays bounded."),
    HOLD_MAX_EVENTS(
            "hold-max-events",
            "10000",
            Takes.number(0, 10_000_000),
            "Deliveries held for a paused or tripped subscription; the oldest beyond are discarded."),
    HOLD_MAX_AGE(
            "hold-max-age",
            "24h",
            Takes.durationOrZero("365d"),
            "How long a delivery is held for a paused or tripped subscription."),
    PENDING_MAX_AGE(
            "pending-max-age",
            "7d",
            Takes.duration("1s", "365d"),
            "An unfinished delivery older than this is discarded, whatever its schedule."),
    RELOAD_INTERVAL(
            "reload-interval",
            "60s",
            Takes.duration("1s", "24h"),
            "How often everything is read afresh, beside the changes, which are in force at once."),
    RETENTION_DELIVERED(
            "retention-delivered",
            "7d",
            Takes.duration("1s", "3650d"),
            "How long delivered events stay, and how long a repeated id is known."),
    RETENTION_FAILED(
            "retention-failed",
            "30d",
            Takes.duration("1s", "3650d"),
            "How long failed and discarded deliveries stay, to be replayed."),
    RETENTION_REJECTED(
            "retention-rejected",
            "30d",
            Takes.duration("1s", "3650d"),
            "How long messages that could not be read stay, to be looked at."),
    RETENTION_AUDIT(
            "retention-audit",
            "365d",
            Takes.duration("1s", "3650d"),
            "How long the lines of the audit log stay; those of failed logins at most 30 days of it."),
    MAX_SUBSCRIPTIONS(
            "max-subscriptions",
            "20000",
            Takes.number(1, 1_000_000),
            "Subscriptions there may be: every node has all of them in memory."),
    ALLOW_PRIVATE(
            "allow-private",
            "false",
            Takes.flag(),
            "Opens loopback, RFC 1918, fc00::/7 and local names as destinations; for demos and closed networks."),
    ALLOWED_CIDRS(
            "allowed-cidrs",
            "",
            Takes.networks(),
            "Networks opened as destinations although they are not public; narrower than allow-private."),
    DATA_DIR(
            "data-dir",
            "./data",
            Takes.path("the path of a directory"),
            "Where broker journal, embedded database, keys and generated passwords live."),
    HTTP_HOST(
            "http-host",
            "127.0.0.1",
            Takes.host(),
            "Address that page and API listen on; loopback until somebody decides otherwise."),
    HTTP_PORT("http-port", "8080", Takes.port(), "Port of page and API."),
    METRICS_PUBLIC(
            "metrics-public",
            "false",
            Takes.flag(),
            "Opens /metrics without a login, for scrapers that cannot log in."),
    BUS_URL("bus-url", "", Takes.brokerUrl(), "An external Artemis broker; empty starts the embedded one."),
    BUS_HOST("bus-host", "127.0.0.1", Takes.host(), "Address the embedded broker listens on."),
    BUS_PORT("bus-port", "61616", Takes.port(), "Port of the embedded broker, for JMS (Core), AMQP 1.0 and STOMP."),
    BUS_TLS_KEYSTORE(
            "bus-tls-keystore",
            "",
            Takes.path("the path of a PKCS#12 or JKS file"),
            "Certificate and key of the embedded broker: with them its port speaks TLS and nothing else."),
    BUS_TLS_KEYSTORE_PASSWORD(
            "bus-tls-keystore-password", "", Takes.text(1, 256), true, "Password of that file, and of the key in it."),
    BUS_TLS_TRUSTSTORE(
            "bus-tls-truststore",
            "",
            Takes.path("the path of a PKCS#12 or JKS file"),
            "Who may sign certificates of clients: with it the embedded broker talks to no client without one."),
    BUS_TLS_TRUSTSTORE_PASSWORD("bus-tls-truststore-password", "", Takes.text(1, 256), true, "Password of that file."),
    BUS_USER("bus-user", "bus", Takes.text(1, 128), "User at the broker; the embedded one lets in no other."),
    BUS_PASSWORD(
            "bus-password",
            "",
            Takes.text(1, 256),
            true,
            "Password at the broker; empty with the embedded one: generated once into a file in data-dir."),
    BUS_DESTINATION(
            "bus-destination",
            "decnet.#",
            Takes.destination(),
            "Where events come from; what follows the literal prefix is the topic. Another destination is another durable subscription."),
    DATABASE_URL(
            "database-url",
            "",
            Takes.databaseUrl(),
            "JDBC URL of PostgreSQL, needed for several nodes; empty is an embedded H2 file in data-dir."),
    DATABASE_USER("database-user", "", Takes.text(1, 128), "User at the database."),
    DATABASE_PASSWORD("database-password", "", Takes.text(1, 256), true, "Password at the database."),
    SECRET_KEY(
            "secret-key",
            "",
            Takes.base64Of32Bytes(),
            true,
            "Encrypts the webhook secrets in the database; the same on every node. Empty with the embedded database: a key file made on first start."),
    SECRET_KEY_PREVIOUS(
            "secret-key-previous",
            "",
            Takes.base64Of32Bytes(),
            true,
            "Opens what another key has sealed while secret-key changes; the start seals it anew, then this one can go."),
    ADMIN_PASSWORD(
            "admin-password",
            "",
            Takes.text(12, 256),
            true,
            "Password of the account admin, made on the first start; empty: generated and printed once.");

    private final String property;
    private final String defaultValue;
    private final Takes<?> takes;
    private final boolean secret;
    private final String reason;

    Key(String name, String defaultValue, Takes<?> takes, String reason) {
        this(name, defaultValue, takes, false, reason);
    }

    Key(String name, String defaultValue, Takes<?> takes, boolean secret, String reason) {
        this.property = "decnet.webhook." + name;
        this.defaultValue = defaultValue;
        this.takes = takes;
        this.secret = secret;
        this.reason = reason;
    }

    /** The full name, such as {@code decnet.webhook.circuit-threshold}. */
    public String property() {
        return property;
    }

    /** The name as an environment variable, such as {@code DECNET_WEBHOOK_CIRCUIT_THRESHOLD}. */
    public String environmentName() {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The default as text; empty means that the key is absent unless set. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Whether the value must never be shown. */
    public boolean secret() {
        return secret;
    }

    /** Completes the sentence "it takes …". */
    public String takes() {
        return takes.words();
    }

    /** One sentence: what the key decides and why its default is what it is. */
    public String reason() {
        return reason;
    }

    Object parse(String text) {
        return takes.parse().apply(text);
    }
}
