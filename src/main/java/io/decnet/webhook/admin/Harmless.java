package io.decnet.webhook.admin;

import io.decnet.webhook.config.Unseen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Texts of receivers and producers, made fit to be read: what would not show, or would turn the text around, is written as its number. Markup is
 * escaped by the page.
 */
@Named
@ApplicationScoped
public class Harmless {
    /** Keeps line breaks and tabs. */
    public String text(String foreign) {
        StringBuilder shown = new StringBuilder(foreign.length());
        foreign.codePoints().forEach(c -> {
            if (isSeen(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04X", c));
            }
        });
        return shown.toString();
    }

    /** Bytes as UTF-8; what is none is shown as the replacement character. */
    public String bytes(byte[] foreign) {
        return text(new String(foreign, StandardCharsets.UTF_8));
    }

    private static boolean isSeen(int codePoint) {
        int type = Character.getType(codePoint);
        return codePoint == '\n'
                || codePoint == '\t'
                || codePoint == '\r'
                || (!Unseen.is(codePoint) && type != Character.PRIVATE_USE && type != Character.UNASSIGNED);
    }
}
