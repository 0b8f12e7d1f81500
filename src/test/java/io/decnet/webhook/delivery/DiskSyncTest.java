package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.sql.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSyncTest {
    @TempDir
    Path directory;

    @Test
    void waitsForTheDiskThatHasTheFileOfH2() throws Exception {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + directory.resolve("decnet") + ";WRITE_DELAY=0");
        var sync = new DiskSync();
        sync.sql = Sql.on(h2);
        try (var connection = h2.getConnection();
                var statement = connection.createStatement();
                var recording = new Recording()) {
            statement.execute("CREATE TABLE written AS SELECT 1 AS one");
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            sync.step();
            recording.stop();
            assertThat(forced(recording))
                    .contains(directory.resolve("decnet.mv.db").toString());
        }
    }

    private List<String> forced(Recording recording) throws IOException {
        var file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
                .map(DiskSyncTest::path)
                .toList();
    }

    private static String path(RecordedEvent event) {
        return String.valueOf(event.getString("path"));
    }
}
