package io.decnet.webhook.admin;

import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhook whose id is in the address; a page of one webhook begins by asking here, and goes back to the list when there is none. */
@Named("webhook")
@RequestScoped
public class WebhookAddress {
    @Inject
    Subscriptions subscriptions;

    @Inject
    Notices notices;

    private @Nullable String id;
    private Optional<SubscriptionView> found = Optional.empty();

    public @Nullable String open() {
        found = Ids.parse(id).flatMap(subscriptions::find);
        if (found.isEmpty()) {
            notices.error("webhook.none");
            return Notices.TO_LIST;
        }
        return null;
    }

    /** The id in the address, of whatever. */
    UUID uuid() {
        return Ids.parse(id).orElse(new UUID(0, 0));
    }

    Optional<SubscriptionView> found() {
        return found;
    }

    /** The webhook, once the page is open. */
    public @Nullable SubscriptionView getView() {
        return found.orElse(null);
    }

    public String getName() {
        return found.map(SubscriptionView::name).orElse("");
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }
}
