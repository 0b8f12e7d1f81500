package io.decnet.webhook.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void whatHoldsPayloadsIsForNobodyElseInADirectoryThatIsThereToo() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = DataDirectory.claim(directory, List.of("db", "broker"));
        try {
            for (var name : new String[] {"db", "broker"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                        .isEqualTo("rwx------");
            }
        } finally {
            data.lock().acquiredBy().close();
        }
    }
}
