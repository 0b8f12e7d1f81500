package io.decnet.webhook.admin;

import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryQuery;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest deliveries of one webhook. */
@Named
@RequestScoped
public class DeliveriesPage {
    private static final int SHOWN = 50;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Deliveries deliveries;

    private @Nullable String id;
    private String name = "a webhook that is no more";
    private List<DeliveryView> rows = List.of();

    /** Once per request, before it is rendered. */
    public void load() {
        Optional<SubscriptionView> webhook = Ids.parse(id).flatMap(subscriptions::find);
        webhook.ifPresent(found -> {
            name = found.name();
            rows = deliveries
                    .page(
                            found.uuid(),
                            new DeliveryQuery(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    SHOWN))
                    .items();
        });
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

    public List<DeliveryView> getRows() {
        return rows;
    }
}
