package io.decnet.webhook.reason;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Why something given was not taken. As text it is English, for the API, exceptions and logs; pages ask for it in the language of their reader.
 *
 * @param blanks what fills the blanks of its text; a code among them in words, anything else as it is written
 */
public record Reason(Code code, List<Object> blanks) {
    private static final String TEXTS = "io.decnet.webhook.reason.reasons";

    /** English is the root: a bundle of the server's own language must not come before it. */
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** A constant of an enum; its text is under the name of the enum and its own, such as {@code WrongUrl.PORT}. */
    public interface Code {
        String name();

        default Reason because(Object... blanks) {
            return new Reason(this, List.of(blanks));
        }

        default String key() {
            return getClass().getSimpleName() + "." + name();
        }
    }

    private enum Spoken implements Code {
        IN_ENGLISH_ONLY
    }

    public Reason {
        blanks = List.copyOf(blanks);
    }

    /** For what is said to programs alone, and so in English. */
    public static Reason inEnglishOnly(String text) {
        return Spoken.IN_ENGLISH_ONLY.because(text);
    }

    public String in(Locale locale) {
        return in(ResourceBundle.getBundle(TEXTS, locale, Reason.class.getClassLoader(), EXACT));
    }

    private String in(ResourceBundle texts) {
        Object[] words = blanks.stream()
                .map(blank -> blank instanceof Code word ? texts.getString(word.key()) : blank.toString())
                .toArray();
        return MessageFormat.format(texts.getString(code.key()), words);
    }

    @Override
    public String toString() {
        return in(Locale.ROOT);
    }
}
