package io.decnet.webhook.security;

/** Text from outside, made fit for a log line or a column: printable ASCII of a bounded length. */
final class Printable {
    private Printable() {}

    /** Whatever is not printable ASCII becomes a question mark, so nobody can write lines or turn the direction of text. */
    static String of(String text, int most) {
        var cut = text.length() <= most ? text : text.substring(0, most);
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
