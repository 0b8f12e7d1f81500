package io.decnet.webhook.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The directory that holds everything which outlives a start, claimed for this process: broker journal and database survive no second owner.
 *
 * @param root as configured, absolute
 * @param lock held until the process ends, however it ends
 */
record DataDirectory(Path root, FileLock lock) {

    /** @param stores directories in it that hold payloads: for nobody else, also where others may look into the root */
    static DataDirectory claim(Path configured, List<String> stores) {
        var root = configured.toAbsolutePath().normalize();
        try {
            create(root);
            for (var store : stores) {
                create(root.resolve(store));
            }
            var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return Optional.ofNullable(channel.tryLock())
                    .map(lock -> new DataDirectory(root, lock))
                    .orElseThrow(() -> new StartFailed("another process is using decnet.webhook.data-dir=" + root));
        } catch (IOException | UnsupportedOperationException e) {
            throw new StartFailed("decnet.webhook.data-dir=" + root + " cannot be used: " + e, e);
        }
    }

    private static void create(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(root);
        }
    }

    /** The parts of the server that belong to one build. */
    Path runtime() {
        return root.resolve("runtime");
    }

    /** An empty directory for what the server throws away; a killed process leaves its rubbish here, and the next start clears it. */
    Path emptyTemporary() throws IOException {
        var temporary = root.resolve("tmp");
        delete(temporary);
        return Files.createDirectories(temporary);
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            @SuppressWarnings("NullAway") // The JDK passes null when the directory was read to its end.
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
