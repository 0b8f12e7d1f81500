package io.decnet.webhook.errand;

import java.util.Locale;

/** What an errand does. */
public enum Task {
    PAUSE,
    /** Of paused ones; a trip stays. */
    RESUME,
    /** Of paused and tripped ones. */
    ENABLE,
    DELETE,
    REPLAY,
    /** Of what one holds, which then is enabled. */
    DISCARD;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
