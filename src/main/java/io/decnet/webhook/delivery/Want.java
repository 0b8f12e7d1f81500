package io.decnet.webhook.delivery;

import java.util.UUID;

/** What one lane wants from the table, up to so many bytes but one row at least; {@code news} is what it knew then. */
public record Want(UUID subscription, long epoch, int retries, int firsts, long bytes, long news) {
    int most() {
        return retries + firsts;
    }
}
