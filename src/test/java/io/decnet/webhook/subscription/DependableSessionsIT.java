package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.sql.Sql;
import io.decnet.webhook.testing.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each connection to PostgreSQL waits for at a commit, and what its statements see, by what the server or the URL would have. */
class DependableSessionsIT {
    @TempDir
    static Path directory;

    private static Database postgres;

    @BeforeAll
    static void start() {
        postgres = Database.postgres(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({"off, on", "local, on", "on, on", "remote_write, remote_write", "remote_apply, remote_apply"})
    void commitIsRaisedToTheDiskAndNeverLowered(String given, String inForce) {
        assertThat(inForce("synchronous_commit", given)).isEqualTo(inForce);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read%5C%20committed", "repeatable%5C%20read", "serializable"})
    void statementsSeeWhatWasCommittedBeforeThem(String given) {
        assertThat(inForce("default_transaction_isolation", given)).isEqualTo("read committed");
    }

    private static String inForce(String parameter, String given) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.merge("DECNET_WEBHOOK_DATABASE_URL", "?options=-c%20" + parameter + "=" + given, String::concat);
        var source = DecnetDataSource.of(Settings.read(key -> Optional.ofNullable(
                settings.get(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT)))));
        return Sql.on(source)
                .query("SHOW " + parameter, row -> row.getString(1))
                .get(0);
    }
}
