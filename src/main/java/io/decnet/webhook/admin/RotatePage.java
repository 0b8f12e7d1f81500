package io.decnet.webhook.admin;

import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.Invalid;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.Secrets;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** Gives a webhook another secret, given or made, after the page has said what that means. */
@Named
@RequestScoped
public class RotatePage {
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

    @Inject
    SecretOnce secretOnce;

    private @Nullable String secret;

    public @Nullable String rotate() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        try {
            SubscriptionView of =
                    subscriptions.find(webhook.uuid()).orElseThrow(() -> new NoSuchSubscription(webhook.uuid()));
            // Before any repetition, which must not rotate once more.
            String fresh = Fields.given(secret).orElseGet(Secrets::made);
            faults.run(() -> subscriptions.rotateSecret(webhook.uuid(), fresh));
            return secretOnce.show(of, fresh);
        } catch (Invalid e) {
            e.errors().forEach(error -> notices.wrong("secret", error.reason()));
            return null;
        } catch (NoSuchSubscription e) {
            notices.error("webhook.gone");
            return Notices.TO_LIST;
        }
    }

    public @Nullable String getSecret() {
        return secret;
    }

    public void setSecret(@Nullable String secret) {
        this.secret = secret;
    }
}
