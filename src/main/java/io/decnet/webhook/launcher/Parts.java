package io.decnet.webhook.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The server and the two archives, unpacked from the runnable jar once a build.
 *
 * @param directory named after the checksums of the parts, so another build never meets the files of this one
 */
record Parts(Path directory) {
    private static final List<String> NAMES = List.of("payara-micro.jar", "bus.rar", "decnet-webhook.war");

    static Parts unpacked(DataDirectory data) {
        try (var jar = new JarFile(ownJar().toFile())) {
            var directory = data.runtime().resolve(checksums(jar));
            if (!Files.exists(directory)) {
                DataDirectory.delete(data.runtime());
                var aside = Files.createDirectories(data.runtime().resolve("unpacking"));
                for (var name : NAMES) {
                    copy(jar, name, aside);
                }
                Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Parts(directory);
        } catch (IOException e) {
            throw new StartFailed("cannot unpack the server into " + data.runtime() + ": " + e, e);
        }
    }

    Path server() {
        return directory.resolve(NAMES.get(0));
    }

    Path bus() {
        return directory.resolve(NAMES.get(1));
    }

    Path application() {
        return directory.resolve(NAMES.get(2));
    }

    private static Path ownJar() {
        try {
            return Path.of(Parts.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new StartFailed("this program must be run as java -jar decnet-webhook.jar", e);
        }
    }

    private static String checksums(JarFile jar) {
        var name = new StringBuilder();
        for (var part : NAMES) {
            name.append(String.format(Locale.ROOT, "%08x", entry(jar, part).getCrc()));
        }
        return name.toString();
    }

    private static void copy(JarFile jar, String name, Path directory) throws IOException {
        try (InputStream part = jar.getInputStream(entry(jar, name))) {
            Files.copy(part, directory.resolve(name));
        }
    }

    private static ZipEntry entry(JarFile jar, String name) {
        return Optional.ofNullable(jar.getEntry("parts/" + name))
                .orElseThrow(() -> new StartFailed("this jar has no " + name + ": build it with mvn package"));
    }
}
