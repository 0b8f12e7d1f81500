package io.decnet.webhook.admin;

import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks before a webhook is deleted. */
@Named
@RequestScoped
public class DeletePage {
    @Inject
    Subscriptions subscriptions;

    @Inject
    Caller caller;

    private @Nullable String id;
    private String name = "";

    public @Nullable String open() {
        Optional<SubscriptionView> found = Ids.parse(id).flatMap(subscriptions::find);
        name = found.map(SubscriptionView::name).orElse("");
        if (found.isEmpty()) {
            Notices.error("There is no such webhook.");
        }
        return found.isEmpty() ? Notices.TO_LIST : null;
    }

    public String delete() {
        try {
            if (caller.isAllowedToChange()) {
                Ids.parse(id).ifPresent(subscriptions::delete);
                Notices.info("Webhook deleted.");
            }
        } catch (NoSuchSubscription e) {
            Notices.info("It was deleted already.");
        }
        return Notices.TO_LIST;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public String getName() {
        return name;
    }
}
