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

/** What each connection to PostgreSQL waits for at a commit, by what the server or the URL would have it wait for. */
class LastingCommitsIT {
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
    void isRaisedToTheDiskAndNeverLowered(String given, String inForce) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.merge("DECNET_WEBHOOK_DATABASE_URL", "?options=-c%20synchronous_commit=" + given, String::concat);
        var source = DecnetDataSource.of(Settings.read(key -> Optional.ofNullable(
                settings.get(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT)))));
        assertThat(Sql.on(source).query("SHOW synchronous_commit", row -> row.getString(1)))
                .containsExactly(inForce);
    }
}
