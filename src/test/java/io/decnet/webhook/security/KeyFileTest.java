package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    private Path directory;

    @Test
    void isMadeOnceAndReadAgain() {
        var file = new KeyFile(directory.resolve("data/secret.key"));
        var key = file.readOrCreate();
        assertThat(key).hasSize(SealingKey.BYTES);
        assertThat(file.readOrCreate()).isEqualTo(key);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        var path = directory.resolve("secret.key");
        new KeyFile(path).readOrCreate();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        new KeyFile(directory.resolve("secret.key")).readOrCreate();
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFileThatIsNoKeyIsNeverReplaced() throws IOException {
        var path = directory.resolve("secret.key");
        Files.writeString(path, "*** not a key ***");
        assertThatThrownBy(() -> new KeyFile(path).readOrCreate())
                .isInstanceOf(WrongKey.class)
                .hasMessageContaining("secret.key");
        assertThat(path).hasContent("*** not a key ***");
    }

    @Test
    void readingMakesNone() {
        var file = new KeyFile(directory.resolve("secret.key.previous"));
        assertThat(file.read()).isEmpty();
        assertThat(file.exists()).isFalse();
        var key = file.readOrCreate();
        assertThat(file.read()).hasValueSatisfying(read -> assertThat(read).isEqualTo(key));
    }

    @Test
    void aKeyOfAnotherLengthIsNamed() throws IOException {
        var path = directory.resolve("secret.key");
        Files.writeString(path, "c2hvcnQ=");
        assertThatThrownBy(() -> new KeyFile(path).read())
                .isInstanceOf(WrongKey.class)
                .hasMessageContaining("5 bytes");
    }
}
