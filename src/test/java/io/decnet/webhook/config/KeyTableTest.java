package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key: what it is when nobody says anything, what it takes, and what it says to what it does not take. */
class KeyTableTest {
    private static final String KEY_OF_32_BYTES = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    // Values stand between semicolons; a dash is none.
    private static final String TABLE = """
        CIRCUIT_THRESHOLD       | 5          | 1;1000                                  | 0;1001;-1;5.0;five;99999999999
        REQUEST_TIMEOUT         | 10s        | 100ms;60s;1m                            | 99ms;61s;10;10 s;1.5s;-1s;s
        CONNECT_TIMEOUT         | 3s         | 100ms;60s                               | 99ms;2m;3
        RETRY_SCHEDULE          | 1s,2s,4s   | 1ms;7d;1s, 2s;5s,5m,12h                 | 0s;8d;1s,,2s;1s+2s;2s,;never
        EGRESS_CONCURRENCY      | 256        | 1;4096                                  | 0;4097;many
        SUBSCRIPTION_CONCURRENCY| 8          | 1;64                                    | 0;65;8x
        MAX_EVENT_BYTES         | 1048576    | 1;67108864                              | 0;67108865;1MiB
        HOLD_MAX_EVENTS         | 10000      | 0;10000000                              | -1;10000001;1e3
        HOLD_MAX_AGE            | 24h        | 0;0s;365d                               | 366d;1;forever
        PENDING_MAX_AGE         | 7d         | 1s;365d                                 | 999ms;0;366d
        RELOAD_INTERVAL         | 60s        | 1s;24h                                  | 999ms;25h;0
        RETENTION_DELIVERED     | 7d         | 1s;3650d                                | 0;3651d;a week
        RETENTION_FAILED        | 30d        | 1s;3650d                                | 0;3651d;30
        RETENTION_REJECTED      | 30d        | 1s;3650d                                | 0;3651d;30 days
        RETENTION_AUDIT         | 365d       | 1s;3650d                                | 0;3651d;a year
        MAX_SUBSCRIPTIONS       | 20000      | 1;1000000                               | 0;1000001;all
        ALLOW_PRIVATE           | false      | true;TRUE;false                         | yes;1;on
        ALLOWED_CIDRS           | -          | 10.1.0.0/16;fd00::/8,10.1.2.3           | 10.1.0.0/33;example.com;10.1;10.0.0.1/;,
        DATA_DIR                | ./data     | /var/lib/decnet;data                    | -
        HTTP_HOST               | 127.0.0.1  | 0.0.0.0;::;node-1.example               | a b;[::1];http://x;-x
        HTTP_PORT               | 8080       | 1;65535                                 | 0;65536;http
        METRICS_PUBLIC          | false      | true;False                              | y;0
        BUS_URL                 | -          | tcp://mq.example:61616;ssl://[::1]:1    | mq.example:61616;http://mq:1;tcp://mq;tcp://mq:0;tcp://mq:1/x;tcp://mq:1#f;tcp://mq:70000;tcp:
        BUS_HOST                | 127.0.0.1  | localhost;::1                           | a/b;:
        BUS_PORT                | 61616      | 1;65535                                 | 0;65536;amqp
        BUS_TLS_KEYSTORE        | -          | /etc/decnet/bus.p12;bus.jks             | -
        BUS_TLS_KEYSTORE_PASSWORD | -        | x;a b                                   | a<TAB>b
        BUS_TLS_TRUSTSTORE      | -          | clients.p12                             | -
        BUS_TLS_TRUSTSTORE_PASSWORD | -      | x;a b                                   | a<TAB>b
        BUS_USER                | bus        | decky relay;x                           | a<TAB>b
        BUS_PASSWORD            | -          | x;a b                                   | a<TAB>b
        BUS_DESTINATION         | decnet.#   | decnet.bus;a.b_c-d.#;x                  | #;decnet.*;.x;decnet.#.x;a b;decnet#
        DATABASE_URL            | -          | jdbc:postgresql://db/decnet;jdbc:h2:./x | jdbc:mysql://db/x;postgresql://db/x;jdbc:h2:;jdbc:h2:a b
        DATABASE_USER           | -          | decnet                                  | a<TAB>b
        DATABASE_PASSWORD       | -          | x;correct horse                         | a<TAB>b
        SECRET_KEY              | -          | <KEY>                                   | c2hvcnQ=;not base64;<KEY>0
        SECRET_KEY_PREVIOUS     | -          | <KEY>                                   | c2hvcnQ=;<KEY>0
        ADMIN_PASSWORD          | -          | twelve chars;correct-horse-battery      | elevenchars;a tab<TAB>in it, too
        """;

    record Row(Key key, String defaultValue, List<String> good, List<String> bad) {
        static Row of(String line) {
            var cells = Stream.of(line.split("\\|")).map(String::strip).toList();
            return new Row(
                    Key.valueOf(cells.get(0)),
                    cells.get(1).equals("-") ? "" : cells.get(1),
                    values(cells.get(2)),
                    values(cells.get(3)));
        }

        private static List<String> values(String cell) {
            var spelled = cell.replace("<TAB>", "\t").replace("<KEY>", KEY_OF_32_BYTES);
            return cell.equals("-") ? List.of() : List.of(spelled.split(";"));
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().map(Row::of);
    }

    private static Settings read(Map<String, String> given) {
        return Settings.read(property -> Optional.ofNullable(given.get(property)));
    }

    /** Beside what other keys need: a key for the secrets, and the files that passwords belong to. */
    private static Optional<Object> read(Key key, String value) {
        var other = key == Key.BUS_TLS_KEYSTORE
                ? Map.of(Key.SECRET_KEY.property(), KEY_OF_32_BYTES)
                : Map.of(
                        Key.SECRET_KEY.property(), KEY_OF_32_BYTES,
                        Key.BUS_TLS_KEYSTORE.property(), "bus.p12",
                        Key.BUS_TLS_TRUSTSTORE.property(), "clients.p12");
        return Settings.read(property ->
                        property.equals(key.property()) ? Optional.of(value) : Optional.ofNullable(other.get(property)))
                .given(key);
    }

    @Test
    void everyKeyHasItsRowInOrder() {
        assertThat(rows().map(Row::key)).containsExactly(Key.values());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasTheDefaultOfTheTable(Row row) {
        assertThat(row.key().defaultValue()).isEqualTo(row.defaultValue());
        var unset = read(Map.of()).given(row.key());
        if (row.defaultValue().isEmpty()) {
            assertThat(unset).isEmpty();
        } else {
            assertThat(unset).isPresent().isEqualTo(read(row.key(), row.defaultValue()));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void takesGoodValuesAndThoseThatAreNotSecretWithSpaceAroundThem(Row row) {
        for (var value : row.good()) {
            assertThat(read(row.key(), value)).as(value).isPresent();
            if (!row.key().secret()) {
                assertThat(read(row.key(), "  " + value + "\t")).isEqualTo(read(row.key(), value));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesABadValueInOneLineThatNamesKeyValueAndWhatItTakes(Row row) {
        for (var value : row.bad()) {
            var shown = row.key().secret() ? " (value not shown)" : "=" + value.replace('\t', '?');

            assertThatExceptionOfType(BadSetting.class)
                    .as(row.key() + " " + value)
                    .isThrownBy(() -> read(row.key(), value))
                    .withMessage(
                            "%s%s is refused: it takes %s (environment: %s)",
                            row.key().property(),
                            shown,
                            row.key().takes(),
                            row.key().environmentName());
        }
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void aBlankValueLeavesTheDefaultOrMeansNoRetries(Key key) {
        assertThat(read(key, " "))
                .isEqualTo(
                        key == Key.RETRY_SCHEDULE
                                ? Optional.of(List.of())
                                : read(Map.of()).given(key));
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void theEnvironmentNameFollowsTheRulesOfMicroProfileConfig(Key key) {
        assertThat(key.property()).matches("decnet\\.webhook\\.[a-z]+(-[a-z]+)*");
        assertThat(key.environmentName())
                .isEqualTo(key.property().replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
    }
}
