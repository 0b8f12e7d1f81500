package io.decnet.webhook.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Looks for texts in files, also as the broker's journal writes them (two bytes a character), and in base64 or hex. */
public final class SecretScan {
    private SecretScan() {}

    /** The files below the directory that hold one of the texts; archives of the program itself are left out. */
    public static List<Path> filesWith(Path directory, Collection<String> texts) throws IOException {
        var forms = texts.stream().flatMap(SecretScan::forms).toList();
        List<Path> found = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(SecretScan::isOurs)
                    .toList()) {
                var content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (forms.stream().anyMatch(content::contains)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean isOurs(Path file) {
        return !file.toString().endsWith(".jar") && !file.toString().endsWith(".war");
    }

    private static Stream<String> forms(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                text,
                new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1),
                new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes));
    }
}
