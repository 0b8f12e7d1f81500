package io.decnet.webhook.security;

import java.util.List;

/**
 * The keys of a node: one that seals, and those that still open what they have sealed earlier. For example, while B replaces A, a node seals with
 * B, and opens what A has sealed until all of that is sealed anew. Safe for any thread.
 */
record KeyRing(SealingKey current, List<SealingKey> older) {
    KeyRing {
        older = List.copyOf(older);
    }

    byte[] seal(String plain) {
        return current.seal(plain);
    }

    /** @throws WrongKey when none of the keys has sealed it, or it was changed since */
    String open(byte[] sealed) {
        if (current.hasSealed(sealed)) {
            return current.open(sealed);
        }
        return older.stream()
                .filter(key -> key.hasSealed(sealed))
                .findFirst()
                .orElseThrow(() -> new WrongKey("sealed with the key " + SealingKey.idIn(sealed)
                        + ", which is neither decnet.webhook.secret-key nor decnet.webhook.secret-key-previous"
                        + " (or what is in the key files)"))
                .open(sealed);
    }

    /** Whether one of the keys has sealed it. */
    boolean knows(byte[] sealed) {
        return current.hasSealed(sealed) || older.stream().anyMatch(key -> key.hasSealed(sealed));
    }

    /** Whether the key in force has sealed it. */
    boolean isUpToDate(byte[] sealed) {
        return current.hasSealed(sealed);
    }
}
