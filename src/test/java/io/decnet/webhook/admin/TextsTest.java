package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages have their words from a bundle, all of them, in both languages. */
class TextsTest {
    private static final Pattern BLANKS = Pattern.compile("\\{[0-9]}");
    private static final Pattern KEYS =
            Pattern.compile("(?:msg\\[|language\\.text\\()'([a-z]+[A-Za-z0-9.]*)'(?!\\.concat)");
    private static final Pattern EXPRESSIONS = Pattern.compile("#\\{[^}]*}");
    private static final Pattern TEXTS = Pattern.compile(">([^<>]*)<");
    /** Names, states of the contract and code, which are the same in every language. */
    private static final Pattern SAME_EVERYWHERE = Pattern.compile(
            "DECNET Webhook|DECNET_WEBHOOK_ALLOW_PRIVATE=true|TRIPPED|HTTP|URL|webhook-id|attacker\\.&gt;|decky\\.\\*\\.state|ms|[^\\p{L}]");

    private static Properties bundle(String name) throws IOException {
        var texts = new Properties();
        try (var in = TextsTest.class.getResourceAsStream(name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(Path.of("src/main/webapp"))) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    @Test
    void bothLanguagesHaveTheSameKeysWithTheSameBlanks() throws IOException {
        var english = bundle("texts.properties");
        var german = bundle("texts_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(blanks(german.getProperty(key))).as(key).isEqualTo(blanks(english.getProperty(key)));
        }
    }

    private static Set<String> blanks(String text) {
        return BLANKS.matcher(text).results().map(hit -> hit.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyAPageNamesIsThere() throws IOException {
        var known = bundle("texts.properties").stringPropertyNames();
        for (var page : pages()) {
            var named = KEYS.matcher(Files.readString(page)).results().map(hit -> hit.group(1));
            assertThat(named.filter(key -> !known.contains(key)))
                    .as(page.toString())
                    .isEmpty();
        }
    }

    @Test
    void noPageHasWordsOfItsOwn() throws IOException {
        for (var page : pages()) {
            if (!page.endsWith("snippets.xhtml")) {
                assertThat(words(Files.readString(page))).as(page.toString()).isEmpty();
            }
        }
    }

    private static Stream<String> words(String page) {
        var markup = EXPRESSIONS.matcher(page).replaceAll("");
        return TEXTS.matcher(markup)
                .results()
                .map(hit -> SAME_EVERYWHERE.matcher(hit.group(1)).replaceAll(""))
                .filter(left -> !left.isEmpty());
    }
}
