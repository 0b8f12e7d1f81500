package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final String SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYy4=";

    private static Settings read(Map<String, String> given) {
        return Settings.read(property -> Optional.ofNullable(given.get(property)));
    }

    static Stream<Arguments> accessors() {
        return Stream.of(
                of(Key.CIRCUIT_THRESHOLD, Settings::circuitThreshold, 5),
                of(Key.REQUEST_TIMEOUT, Settings::requestTimeout, Duration.ofSeconds(10)),
                of(Key.CONNECT_TIMEOUT, Settings::connectTimeout, Duration.ofSeconds(3)),
                of(
                        Key.RETRY_SCHEDULE,
                        Settings::retrySchedule,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))),
                of(Key.EGRESS_CONCURRENCY, Settings::egressConcurrency, 256),
                of(Key.SUBSCRIPTION_CONCURRENCY, Settings::subscriptionConcurrency, 8),
                of(Key.MAX_EVENT_BYTES, Settings::maxEventBytes, 1_048_576),
                of(Key.HOLD_MAX_EVENTS, Settings::holdMaxEvents, 10_000),
                of(Key.HOLD_MAX_AGE, Settings::holdMaxAge, Duration.ofHours(24)),
                of(Key.PENDING_MAX_AGE, Settings::pendingMaxAge, Duration.ofDays(7)),
                of(Key.RELOAD_INTERVAL, Settings::reloadInterval, Duration.ofSeconds(60)),
                of(Key.RETENTION_DELIVERED, Settings::retentionDelivered, Duration.ofDays(7)),
                of(Key.RETENTION_FAILED, Settings::retentionFailed, Duration.ofDays(30)),
                of(Key.RETENTION_REJECTED, Settings::retentionRejected, Duration.ofDays(30)),
                of(Key.RETENTION_AUDIT, Settings::retentionAudit, Duration.ofDays(365)),
                of(Key.MAX_SUBSCRIPTIONS, Settings::maxSubscriptions, 20_000),
                of(Key.ALLOW_PRIVATE, Settings::allowPrivate, false),
                of(Key.ALLOWED_CIDRS, Settings::allowedCidrs, List.of()),
                of(Key.DATA_DIR, Settings::dataDir, Path.of("./data")),
                of(Key.HTTP_HOST, Settings::httpHost, "127.0.0.1"),
                of(Key.HTTP_PORT, Settings::httpPort, 8080),
                of(Key.METRICS_PUBLIC, Settings::metricsPublic, false),
                of(Key.BUS_URL, Settings::busUrl, Optional.empty()),
                of(Key.BUS_HOST, Settings::busHost, "127.0.0.1"),
                of(Key.BUS_PORT, Settings::busPort, 61_616),
                of(Key.BUS_TLS_KEYSTORE, Settings::busTls, Optional.empty()),
                of(Key.BUS_TLS_KEYSTORE_PASSWORD, Settings::busTls, Optional.empty()),
                of(Key.BUS_TLS_TRUSTSTORE, Settings::busTls, Optional.empty()),
                of(Key.BUS_TLS_TRUSTSTORE_PASSWORD, Settings::busTls, Optional.empty()),
                of(Key.BUS_USER, Settings::busUser, "bus"),
                of(Key.BUS_PASSWORD, Settings::busPassword, Optional.empty()),
                of(Key.BUS_DESTINATION, Settings::busDestination, "decnet.#"),
                of(Key.DATABASE_URL, Settings::databaseUrl, Optional.empty()),
                of(Key.DATABASE_USER, Settings::databaseUser, Optional.empty()),
                of(Key.DATABASE_PASSWORD, Settings::databasePassword, Optional.empty()),
                of(Key.SECRET_KEY, Settings::secretKey, Optional.empty()),
                of(Key.SECRET_KEY_PREVIOUS, Settings::secretKeyPrevious, Optional.empty()),
                of(Key.ADMIN_PASSWORD, Settings::adminPassword, Optional.empty()));
    }

    private static Arguments of(Key key, Function<Settings, Object> accessor, Object expected) {
        return Arguments.of(key, accessor, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accessors")
    void everyKeyIsReadWithItsTypeAndDefault(Key key, Function<Settings, Object> accessor, Object expected) {
        assertThat(accessor.apply(read(Map.of()))).isEqualTo(expected);
    }

    @Test
    void everyKeyHasItsAccessor() {
        assertThat(accessors().map(row -> row.get()[0])).containsExactly((Object[]) Key.values());
    }

    @Test
    void whatIsSetIsInForce() {
        var settings = read(Map.of(
                "decnet.webhook.circuit-threshold", "7",
                "decnet.webhook.bus-url", "tcp://mq.example:61616",
                "decnet.webhook.allowed-cidrs", "10.1.2.3, fd00::/8",
                "decnet.webhook.database-url", "jdbc:postgresql://db/decnet",
                "decnet.webhook.secret-key", SECRET));

        assertThat(settings.circuitThreshold()).isEqualTo(7);
        assertThat(settings.busUrl()).contains(URI.create("tcp://mq.example:61616"));
        assertThat(settings.embeddedBus()).isFalse();
        assertThat(settings.allowedCidrs()).containsExactly("10.1.2.3/32", "fd00::/8");
        assertThat(settings.databaseUrl()).contains("jdbc:postgresql://db/decnet");
        assertThat(settings.embeddedDatabase()).isFalse();
        assertThat(settings.secretKey()).contains(SECRET);
    }

    @Test
    void brokerAndDatabaseAreEmbeddedUnlessSaidOtherwise() {
        assertThat(read(Map.of()).embeddedBus()).isTrue();
        assertThat(read(Map.of()).embeddedDatabase()).isTrue();
    }

    @Test
    void aSecretKeepsTheSpaceAroundIt() {
        assertThat(read(Map.of("decnet.webhook.bus-password", " x ")).busPassword())
                .contains(" x ");
    }

    @Test
    void aSharedDatabaseNeedsTheKeyOfTheSecrets() {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> read(Map.of("decnet.webhook.database-url", "jdbc:postgresql://db/decnet")))
                .withMessageStartingWith("decnet.webhook.secret-key is missing: beside decnet.webhook.database-url")
                .withMessageContaining("DECNET_WEBHOOK_SECRET_KEY");
        assertThat(read(Map.of("decnet.webhook.database-url", "jdbc:h2:./x")).databaseUrl())
                .isPresent();
    }

    @Test
    void aPasswordOrATrustStoreOfTlsIsNotTakenWithoutItsFile() {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> read(Map.of("decnet.webhook.bus-tls-truststore", "clients.p12")))
                .withMessageStartingWith(
                        "decnet.webhook.bus-tls-keystore is missing: beside decnet.webhook.bus-tls-truststore");
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> read(Map.of("decnet.webhook.bus-tls-keystore-password", "secret")))
                .withMessageNotContaining("secret");
        assertThat(read(Map.of(
                                "decnet.webhook.bus-tls-keystore", "bus.p12",
                                "decnet.webhook.bus-tls-keystore-password", " secret ",
                                "decnet.webhook.bus-tls-truststore", "clients.p12"))
                        .busTls())
                .contains(new BusTls(
                        new CertificateFile(Key.BUS_TLS_KEYSTORE, Path.of("bus.p12"), " secret "),
                        Optional.of(new CertificateFile(Key.BUS_TLS_TRUSTSTORE, Path.of("clients.p12"), ""))));
    }

    @Test
    void aRefusedValueThatMayCarryCredentialsIsNotShown() {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> read(Map.of("decnet.webhook.bus-url", "tcp://bus:hunter2@mq:61616")))
                .withMessageContaining("(value not shown)")
                .withMessageNotContaining("hunter2");
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> read(Map.of("decnet.webhook.database-url", "jdbc:mysql:x?PASSWORD=hunter2")))
                .withMessageNotContaining("hunter2");
    }

    @Test
    void aRefusedValueIsShownInOneLineAndCut() {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> read(Map.of("decnet.webhook.http-port", "1\n\u001b[31m" + "x".repeat(500))))
                .satisfies(bad -> assertThat(bad.getMessage())
                        .startsWith("decnet.webhook.http-port=1??[31mxxx")
                        .contains("x… is refused")
                        .hasSizeLessThan(500)
                        .doesNotContain("\n", "\u001b"));
    }

    @Test
    void systemPropertiesStandAboveTheEnvironmentAndItsExactNamesAboveTheMapped() {
        var property = "decnet.webhook.test-of-order";
        var mapped = "decnet_webhook_test_of_order";
        var upper = "DECNET_WEBHOOK_TEST_OF_ORDER";

        assertThat(Settings.fromProcess(property, Map.of(property, "exact", mapped, "mapped", upper, "upper")))
                .contains("exact");
        assertThat(Settings.fromProcess(property, Map.of(mapped, "mapped", upper, "upper")))
                .contains("mapped");
        assertThat(Settings.fromProcess(property, Map.of(upper, "upper"))).contains("upper");
        assertThat(Settings.fromProcess(property, Map.of())).isEmpty();
        System.setProperty(property, "property");
        try {
            assertThat(Settings.fromProcess(property, Map.of(property, "exact")))
                    .contains("property");
        } finally {
            System.clearProperty(property);
        }
    }
}
