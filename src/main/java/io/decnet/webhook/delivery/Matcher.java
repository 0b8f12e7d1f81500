package io.decnet.webhook.delivery;

import io.decnet.webhook.subscription.SubscriptionIndex;
import java.util.Set;

/** Says who wants an event. Asked inside the ingest transaction, again when the first answer proves out of date. */
@FunctionalInterface
public interface Matcher {
    Set<SubscriptionIndex.Entry> match(SubscriptionIndex.Snapshot snapshot);
}
