package io.decnet.webhook.tally;

import java.util.Locale;

/** What is counted of deliveries. */
public enum Kind {
    /** Attempts after which the delivery was delivered. */
    DELIVERED,
    /** Failed attempts after which another one follows. */
    RETRIED,
    /** Attempts after which the delivery has failed. */
    FAILED,
    /** New deliveries that were held from the start, since the circuit was open. */
    HELD;

    /** In lower case, as style sheets and columns know it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
