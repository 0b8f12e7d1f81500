package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only H2 needs somebody who has its file brought to the disk. */
@OnBothDatabases
class DiskSyncIT {
    private final Installation installation;

    DiskSyncIT(Installation installation) {
        this.installation = installation;
    }

    @Test
    void aThreadSyncsWhereTheDatabaseIsH2() throws IOException {
        var names = threadNames(installation.program().pid());
        assertThat(names).contains("decnet-recorder");
        assertThat(names.contains("decnet-disk"))
                .isEqualTo(installation.toString().equals("H2"));
    }

    /** As the system shows them, which keeps 15 characters. */
    private static List<String> threadNames(long pid) throws IOException {
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(DiskSyncIT::name).toList();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "ended meanwhile";
        }
    }
}
