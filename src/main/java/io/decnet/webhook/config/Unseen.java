package io.decnet.webhook.config;

/** Characters that do not show, end a line, or turn text around: names have none, and where strangers' texts are shown they are made visible. */
public final class Unseen {
    private Unseen() {}

    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
