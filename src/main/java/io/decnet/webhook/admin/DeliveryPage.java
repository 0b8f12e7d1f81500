package io.decnet.webhook.admin;

import io.decnet.webhook.delivery.AttemptView;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryDetail;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.delivery.SentRequest;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One delivery: what was sent, when, to where, and what came back. */
@Named
@RequestScoped
public class DeliveryPage {
    private static final Set<DeliveryState> FINISHED =
            Set.of(DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.DISCARDED);

    @Inject
    Deliveries deliveries;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SentRequest sent;

    @Inject
    Harmless harmless;

    @Inject
    Caller caller;

    @Inject
    Notices notices;

    private @Nullable String id;
    private Optional<DeliveryDetail> detail = Optional.empty();
    private Optional<SubscriptionView> webhook = Optional.empty();
    private List<Attempt> attempts = List.of();
    private String body = "";

    /** An attempt with the headers it carried and what came back, fit to be shown. */
    public record Attempt(AttemptView view, Map<String, String> headers, String answer) {}

    public @Nullable String open() {
        detail = Ids.parse(id).flatMap(deliveries::find);
        if (detail.isEmpty()) {
            notices.error("delivery.none");
            return Notices.TO_LIST;
        }
        detail.ifPresent(this::show);
        return null;
    }

    private void show(DeliveryDetail found) {
        webhook = subscriptions.find(found.delivery().webhook());
        body = harmless.text(PrettyJson.of(found.eventBody()));
        List<Attempt> newestFirst = new ArrayList<>();
        found.attempts()
                .forEach(attempt -> newestFirst.add(new Attempt(
                        attempt,
                        sent.headers(found, attempt),
                        attempt.responseExcerpt().map(harmless::bytes).orElse(""))));
        Collections.reverse(newestFirst);
        attempts = newestFirst;
    }

    public String replay() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        switch (deliveries.replay(Ids.parse(id).orElse(new UUID(0, 0)))) {
            case REOPENED -> notices.info("delivery.replayed");
            case NOT_NOW -> notices.error("delivery.notnow");
            case NO_SUCH_DELIVERY -> {
                notices.error("delivery.none");
                return Notices.TO_LIST;
            }
        }
        return "/delivery?faces-redirect=true&id=" + id;
    }

    /** Whether a replay would do anything. */
    public boolean isReplayable() {
        return detail.filter(found -> FINISHED.contains(found.delivery().state()))
                        .isPresent()
                && webhook.filter(SubscriptionView::enabled).isPresent();
    }

    public @Nullable DeliveryView getView() {
        return detail.map(DeliveryDetail::delivery).orElse(null);
    }

    public String getWebhookName() {
        return webhook.map(SubscriptionView::name).orElse("");
    }

    public String getUrl() {
        return webhook.map(SubscriptionView::url).orElse("");
    }

    public String getBody() {
        return body;
    }

    public List<Attempt> getAttempts() {
        return attempts;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }
}
