package io.decnet.webhook.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tables of cases beside the tests: one case a line, cells between tabs, the first line a header. */
public final class CaseFile {
    private static final Path DIRECTORY = Path.of("src/test/resources/cases");

    private CaseFile() {}

    public static List<List<String>> rows(String name) {
        try (var lines = Files.lines(DIRECTORY.resolve(name))) {
            return lines.skip(1).map(line -> List.of(line.split("\t", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
