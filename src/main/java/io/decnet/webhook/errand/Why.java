package io.decnet.webhook.errand;

import java.util.stream.Stream;

/** Why a step could not be done; the pages have the words. */
public enum Why {
    /** The subscription was deleted meanwhile. */
    GONE,
    /** Somebody enabled the subscription meanwhile: what was still held is delivered. */
    ENABLED,
    /** This node had no thread left for the errand: nothing of it was done. */
    BUSY,
    /** The database could not do it, also not when asked again. */
    AWAY,
    /** Something nobody expected; the log names it. */
    FAULT;

    static Why named(String name) {
        return Stream.of(values())
                .filter(why -> why.name().equals(name))
                .findFirst()
                .orElse(FAULT);
    }
}
