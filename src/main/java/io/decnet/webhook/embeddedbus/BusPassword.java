package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The password of the embedded broker: the configured one, else one made once and kept in a file that only the owner reads. */
final class BusPassword {
    private static final int RANDOM_BYTES = 24;

    private BusPassword() {}

    static String of(Settings settings) {
        return settings.busPassword().orElseGet(() -> kept(settings.dataDir().resolve("bus-password")));
    }

    private static String kept(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new BrokerNotStarted("cannot keep the broker's password in " + file + ": " + e, e);
        }
    }

    // Written aside and moved, so that a crash leaves no half password behind.
    private static void make(Path file) throws IOException {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        var directory = Files.createDirectories(file.toAbsolutePath().getParent());
        var aside = Files.createTempFile(directory, "bus-password", ".new", ownerOnly());
        Files.writeString(
                aside, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n", StandardCharsets.US_ASCII);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
