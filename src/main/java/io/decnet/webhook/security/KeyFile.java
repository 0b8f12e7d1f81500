package io.decnet.webhook.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The key beside the embedded database: base64 in a file only its owner reads, made once, never replaced. */
record KeyFile(Path path) {
    private static final String OWNER_ONLY = "rw-------";

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The key in the file; makes the file when there is none. Two that try at once get the same key. */
    byte[] readOrCreate() {
        try {
            if (!exists()) {
                create();
            }
            return content();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make the key file " + path, e);
        }
    }

    /** The key in the file, if there is one. */
    Optional<byte[]> read() {
        try {
            return exists() ? Optional.of(content()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key file " + path, e);
        }
    }

    private byte[] content() throws IOException {
        try {
            var key = Base64.getDecoder().decode(Files.readString(path).strip());
            if (key.length == SealingKey.BYTES) {
                return key;
            }
            throw new WrongKey("the key file " + path + " holds " + key.length + " bytes, not " + SealingKey.BYTES);
        } catch (IllegalArgumentException e) {
            throw new WrongKey("the key file " + path + " is not base64", e);
        }
    }

    // Written and flushed under another name, then linked: the key file is whole or not there, and a link never
    // replaces one.
    private void create() throws IOException {
        var directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        var permissions = PosixFilePermissions.fromString(OWNER_ONLY);
        var draft =
                Files.createTempFile(directory, "secret", ".new", PosixFilePermissions.asFileAttribute(permissions));
        try {
            var key = new byte[SealingKey.BYTES];
            new SecureRandom().nextBytes(key);
            try (var channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
                channel.write(
                        ByteBuffer.wrap(Base64.getEncoder().encodeToString(key).getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was first; theirs is the key.
            return;
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
