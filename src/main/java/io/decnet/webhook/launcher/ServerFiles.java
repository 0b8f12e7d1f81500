package io.decnet.webhook.launcher;

import io.decnet.webhook.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files of {@code server-config}, with the settings filled in where they have {@code @key@}. */
final class ServerFiles {
    private final Path directory;
    private final Map<String, String> values;

    ServerFiles(Path directory, Settings settings) {
        this.directory = directory;
        this.values = Map.of(
                "@http-listener@", "http-listener",
                "@http-host@", settings.httpHost().replace(":", "\\:"),
                "@http-port@", Integer.toString(settings.httpPort()));
    }

    /** Writes one file and answers where it is. */
    Path write(String name) throws IOException {
        var text = template(name);
        for (var value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return Files.writeString(Files.createDirectories(directory).resolve(name), text);
    }

    private static String template(String name) throws IOException {
        var resource = "/server-config/" + name;
        try (var stream = Optional.ofNullable(ServerFiles.class.getResourceAsStream(resource))
                .orElseThrow(() -> new StartFailed("this jar has no " + resource + ": build it with mvn package"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
