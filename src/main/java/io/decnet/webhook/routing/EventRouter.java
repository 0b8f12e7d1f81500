package io.decnet.webhook.routing;

import io.decnet.webhook.delivery.GroupCommit;
import io.decnet.webhook.delivery.Verdict;
import io.decnet.webhook.event.Event;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Matches an event to its subscriptions and has it stored for them. Has no transaction of its own: many events share one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EventRouter {
    @Inject
    GroupCommit commit;

    @Inject
    RecentTopics recent;

    /**
     * Returns once the event and its deliveries are committed.
     *
     * @throws io.decnet.webhook.delivery.StoreUnavailable when they cannot be now
     */
    public Verdict route(Event event) {
        recent.saw(event.topic());
        return commit.commit(event, snapshot -> snapshot.match(event.topic()));
    }
}
