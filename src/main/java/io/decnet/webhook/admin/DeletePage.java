package io.decnet.webhook.admin;

import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Deletes a webhook, after the page has asked. */
@Named
@RequestScoped
public class DeletePage {
    @Inject
    Subscriptions subscriptions;

    @Inject
    PassingFaults faults;

    @Inject
    WebhookAddress webhook;

    @Inject
    Caller caller;

    @Inject
    Notices notices;

    public String delete() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        try {
            faults.run(() -> subscriptions.delete(webhook.uuid()));
            notices.info("delete.done");
        } catch (NoSuchSubscription e) {
            notices.info("delete.already");
        }
        return Notices.TO_LIST;
    }
}
