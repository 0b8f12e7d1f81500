package io.decnet.webhook.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The settings in force: read and validated once, immutable, safe for any thread. Uses the JDK alone. */
public final class Settings {
    private static final int SHOWN_CHARACTERS = 200;

    private final Map<Key, Object> values;

    private Settings(Map<Key, Object> values) {
        this.values = values;
    }

    /**
     * Reads every key.
     *
     * @param lookup from property name to the raw text; absent or blank text leaves the default, except for a blank retry schedule, which means
     *     no retries
     * @throws BadSetting for the first value its key does not take
     */
    public static Settings read(Function<String, Optional<String>> lookup) {
        var values = new EnumMap<Key, Object>(Key.class);
        for (var key : Key.values()) {
            var raw = lookup.apply(key.property()).map(text -> key.secret() ? text : text.strip());
            var text = raw.filter(given -> !given.isBlank() || key == Key.RETRY_SCHEDULE)
                    .orElse(key.defaultValue());
            if (!text.isBlank() || key == Key.RETRY_SCHEDULE) {
                values.put(key, parse(key, text));
            }
        }
        var settings = new Settings(values);
        settings.requireKeyForSharedDatabase();
        settings.requireBeside(Key.BUS_TLS_KEYSTORE_PASSWORD, Key.BUS_TLS_KEYSTORE);
        settings.requireBeside(Key.BUS_TLS_TRUSTSTORE, Key.BUS_TLS_KEYSTORE);
        settings.requireBeside(Key.BUS_TLS_TRUSTSTORE_PASSWORD, Key.BUS_TLS_TRUSTSTORE);
        return settings;
    }

    /**
     * Reads the system properties and, below them, the environment of this process by the name rules of MicroProfile Config: for those who run
     * before or outside the application.
     *
     * @throws BadSetting as {@link #read}
     */
    public static Settings fromProcess() {
        return read(property -> fromProcess(property, System.getenv()));
    }

    static Optional<String> fromProcess(String property, Map<String, String> environment) {
        var mapped = property.replaceAll("[^A-Za-z0-9]", "_");
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(environment.get(property)))
                .or(() -> Optional.ofNullable(environment.get(mapped)))
                .or(() -> Optional.ofNullable(environment.get(mapped.toUpperCase(Locale.ROOT))));
    }

    private static Object parse(Key key, String text) {
        try {
            return key.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadSetting(key.property() + shown(key, text) + " is refused: it takes " + key.takes()
                    + " (environment: " + key.environmentName() + ")");
        }
    }

    private static String shown(Key key, String text) {
        if (key.secret() || mayCarryCredentials(text)) {
            return " (value not shown)";
        }
        var line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return "=" + (line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line);
    }

    // A URL may carry credentials, and one that is refused is not understood well enough to cut them out.
    private static boolean mayCarryCredentials(String text) {
        return text.contains("@") || text.toLowerCase(Locale.ROOT).contains("password");
    }

    private void requireKeyForSharedDatabase() {
        if (secretKey().isEmpty() && onPostgres()) {
            throw new BadSetting(Key.SECRET_KEY.property() + " is missing: beside " + Key.DATABASE_URL.property()
                    + " it takes " + Key.SECRET_KEY.takes() + ", the same on every node (environment: "
                    + Key.SECRET_KEY.environmentName() + ")");
        }
    }

    // Left out, the port would speak plain text, or to clients without a certificate, and nobody would notice.
    private void requireBeside(Key key, Key needed) {
        if (isSet(key) && !isSet(needed)) {
            throw new BadSetting(needed.property() + " is missing: beside " + key.property() + " it takes "
                    + needed.takes() + " (environment: " + needed.environmentName() + ")");
        }
    }

    public int circuitThreshold() {
        return value(Key.CIRCUIT_THRESHOLD);
    }

    public Duration requestTimeout() {
        return value(Key.REQUEST_TIMEOUT);
    }

    public Duration connectTimeout() {
        return value(Key.CONNECT_TIMEOUT);
    }

    public List<Duration> retrySchedule() {
        return value(Key.RETRY_SCHEDULE);
    }

    public int egressConcurrency() {
        return value(Key.EGRESS_CONCURRENCY);
    }

    public int subscriptionConcurrency() {
        return value(Key.SUBSCRIPTION_CONCURRENCY);
    }

    public int maxEventBytes() {
        return value(Key.MAX_EVENT_BYTES);
    }

    public int holdMaxEvents() {
        return value(Key.HOLD_MAX_EVENTS);
    }

    public Duration holdMaxAge() {
        return value(Key.HOLD_MAX_AGE);
    }

    public Duration pendingMaxAge() {
        return value(Key.PENDING_MAX_AGE);
    }

    public Duration reloadInterval() {
        return value(Key.RELOAD_INTERVAL);
    }

    public Duration retentionDelivered() {
        return value(Key.RETENTION_DELIVERED);
    }

    public Duration retentionFailed() {
        return value(Key.RETENTION_FAILED);
    }

    public Duration retentionRejected() {
        return value(Key.RETENTION_REJECTED);
    }

    public Duration retentionAudit() {
        return value(Key.RETENTION_AUDIT);
    }

    public int maxSubscriptions() {
        return value(Key.MAX_SUBSCRIPTIONS);
    }

    public boolean allowPrivate() {
        return value(Key.ALLOW_PRIVATE);
    }

    /** Networks as address/length, never a bare address. */
    public List<String> allowedCidrs() {
        return this.<List<String>>optional(Key.ALLOWED_CIDRS).orElse(List.of());
    }

    public Path dataDir() {
        return value(Key.DATA_DIR);
    }

    public String httpHost() {
        return value(Key.HTTP_HOST);
    }

    public int httpPort() {
        return value(Key.HTTP_PORT);
    }

    public boolean metricsPublic() {
        return value(Key.METRICS_PUBLIC);
    }

    public Optional<URI> busUrl() {
        return optional(Key.BUS_URL);
    }

    public String busHost() {
        return value(Key.BUS_HOST);
    }

    public int busPort() {
        return value(Key.BUS_PORT);
    }

    /** How the port of the embedded broker speaks TLS; empty when it does not. */
    public Optional<BusTls> busTls() {
        return this.<Path>optional(Key.BUS_TLS_KEYSTORE)
                .map(path -> new BusTls(
                        new CertificateFile(Key.BUS_TLS_KEYSTORE, path, text(Key.BUS_TLS_KEYSTORE_PASSWORD)),
                        this.<Path>optional(Key.BUS_TLS_TRUSTSTORE)
                                .map(trusted -> new CertificateFile(
                                        Key.BUS_TLS_TRUSTSTORE, trusted, text(Key.BUS_TLS_TRUSTSTORE_PASSWORD)))));
    }

    private String text(Key key) {
        return this.<String>optional(key).orElse("");
    }

    public String busUser() {
        return value(Key.BUS_USER);
    }

    public Optional<String> busPassword() {
        return optional(Key.BUS_PASSWORD);
    }

    public String busDestination() {
        return value(Key.BUS_DESTINATION);
    }

    public Optional<String> databaseUrl() {
        return optional(Key.DATABASE_URL);
    }

    public Optional<String> databaseUser() {
        return optional(Key.DATABASE_USER);
    }

    public Optional<String> databasePassword() {
        return optional(Key.DATABASE_PASSWORD);
    }

    public Optional<String> secretKey() {
        return optional(Key.SECRET_KEY);
    }

    public Optional<String> secretKeyPrevious() {
        return optional(Key.SECRET_KEY_PREVIOUS);
    }

    public Optional<String> adminPassword() {
        return optional(Key.ADMIN_PASSWORD);
    }

    /** Any value in force, for people to read; empty when there is none or it must not be shown. */
    public Optional<Object> shown(Key key) {
        return Optional.ofNullable(values.get(key))
                .filter(value -> !key.secret() && !mayCarryCredentials(value.toString()));
    }

    /** Whether there is a value, shown or not. */
    public boolean isSet(Key key) {
        return values.containsKey(key);
    }

    /** Whether this process starts the broker itself. */
    public boolean embeddedBus() {
        return busUrl().isEmpty();
    }

    /** Whether the database is the H2 file in the data directory. */
    public boolean embeddedDatabase() {
        return databaseUrl().isEmpty();
    }

    /** Whether the database is a PostgreSQL; if not, it is an H2. */
    public boolean onPostgres() {
        return databaseUrl().filter(url -> url.startsWith("jdbc:postgresql:")).isPresent();
    }

    /** The value in force; empty when it is neither set nor has a default. */
    Optional<Object> given(Key key) {
        return Optional.ofNullable(values.get(key));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T value(Key key) {
        return this.<T>optional(key)
                .orElseThrow(() -> new IllegalStateException(key + " has neither value nor default"));
    }

    // Each accessor names the type its key parses to; SettingsTest calls every one.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> Optional<T> optional(Key key) {
        return (Optional<T>) given(key);
    }
}
