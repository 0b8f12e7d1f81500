package io.decnet.webhook.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a key takes, in words and as a function from the raw text.
 *
 * @param words completes the sentence "it takes …"
 * @param parse throws {@link IllegalArgumentException} for what the key does not take; never sees blank text, a schedule excepted
 */
record Takes<T>(String words, Function<String, T> parse) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,253})|[0-9A-Fa-f:.]{2,45}");
    private static final Pattern DESTINATION = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(\\.#)?");

    static Takes<Integer> number(int least, int most) {
        return new Takes<>("a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    static Takes<Integer> port() {
        return number(1, 65_535);
    }

    static Takes<Duration> duration(String least, String most) {
        return durationWhere(
                "a duration from " + least + " to " + most + ", such as 500ms, 10s, 5m, 24h or 7d", least, most);
    }

    /** Like {@link #duration}, where a bare 0 is understood too. */
    static Takes<Duration> durationOrZero(String most) {
        var takes = durationWhere("0 or a duration up to " + most + ", such as 30m, 24h or 7d", "0s", most);
        return new Takes<>(takes.words, text -> text.equals("0") ? Duration.ZERO : takes.parse.apply(text));
    }

    private static Takes<Duration> durationWhere(String words, String least, String most) {
        return new Takes<>(words, text -> {
            var duration = Durations.parse(text);
            require(duration.compareTo(Durations.parse(least)) >= 0 && duration.compareTo(Durations.parse(most)) <= 0);
            return duration;
        });
    }

    static Takes<List<Duration>> schedule() {
        return new Takes<>(
                "at most 20 durations from 1ms to 7d with commas, such as 1s,2s,4s, or nothing at all for no retries",
                Durations::parseSchedule);
    }

    static Takes<Boolean> flag() {
        return new Takes<>("true or false", text -> {
            var word = text.toLowerCase(Locale.ROOT);
            require(word.equals("true") || word.equals("false"));
            return word.equals("true");
        });
    }

    static Takes<List<String>> networks() {
        return new Takes<>(
                "networks with commas, such as 10.1.0.0/16,fd00:1::/32",
                text -> Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .map(Networks::canonical)
                        .toList());
    }

    static Takes<Path> path(String words) {
        return new Takes<>(words, Path::of);
    }

    static Takes<String> host() {
        return matching("a host name or an IP address without brackets", HOST.asMatchPredicate());
    }

    static Takes<String> destination() {
        return matching(
                "a topic name of letters, digits, dots, - and _, whose last token after a literal one may be #, such as decnet.#",
                DESTINATION.asMatchPredicate().and(text -> text.length() <= 200));
    }

    static Takes<URI> brokerUrl() {
        return new Takes<>(
                "a broker's URL without user, password or path, such as tcp://mq.example:61616 or ssl://mq.example:61617",
                text -> {
                    var url = URI.create(text);
                    require("tcp".equals(url.getScheme()) || "ssl".equals(url.getScheme()));
                    require(url.getHost() != null
                            && url.getPort() >= 1
                            && url.getPort() <= 65_535
                            && url.getUserInfo() == null);
                    require(url.getPath().isEmpty() && url.getFragment() == null);
                    return url;
                });
    }

    static Takes<String> databaseUrl() {
        return matching(
                "a URL that starts with jdbc:postgresql: or jdbc:h2:",
                text -> Pattern.matches("jdbc:(postgresql|h2):[\\x21-\\x7e]+", text));
    }

    static Takes<String> text(int least, int most) {
        var from = least > 1 ? least + " to " : "at most ";
        return matching(
                from + most + " characters, none of them a control character",
                text -> text.length() >= least
                        && text.length() <= most
                        && text.chars().noneMatch(Character::isISOControl));
    }

    static Takes<String> base64Of32Bytes() {
        return matching(
                "the base64 of 32 random bytes (openssl rand -base64 32)",
                text -> Base64.getDecoder().decode(text).length == 32);
    }

    private static Takes<String> matching(String words, Predicate<String> good) {
        return new Takes<>(words, text -> {
            require(good.test(text));
            return text;
        });
    }

    private static void require(boolean good) {
        if (!good) {
            throw new IllegalArgumentException("out of range or form");
        }
    }
}
