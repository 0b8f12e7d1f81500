package io.decnet.webhook.admin;

import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryView;
import io.decnet.webhook.security.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends the deliveries that were ticked in the log again, after the page has asked. */
@Named
@RequestScoped
public class SelectionPage {
    /** As many as a page of the log has. */
    private static final int MOST = 50;

    @Inject
    Deliveries deliveries;

    @Inject
    WebhookAddress webhook;

    @Inject
    Caller caller;

    @Inject
    Notices notices;

    private List<DeliveryView> rows = List.of();

    /** Reads what was ticked; back to the log when nothing was. */
    public @Nullable String open() {
        if (webhook.found().isEmpty()) {
            return null;
        }
        rows = deliveries.of(webhook.uuid(), picked());
        if (rows.isEmpty()) {
            notices.error("selection.none");
            return log();
        }
        return null;
    }

    public String replay() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        List<UUID> ids = deliveries.of(webhook.uuid(), picked()).stream()
                .map(DeliveryView::id)
                .sorted()
                .toList();
        long again = ids.stream()
                .filter(id -> deliveries.replay(id) == Deliveries.Replay.REOPENED)
                .count();
        if (again == ids.size()) {
            notices.info("selection.done", again);
        } else {
            notices.error("selection.some", again, ids.size());
        }
        return log();
    }

    private String log() {
        return "/deliveries?faces-redirect=true&id=" + webhook.uuid();
    }

    private static List<UUID> picked() {
        String[] values = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .getOrDefault("pick", new String[0]);
        return Stream.of(values)
                .flatMap(value -> Ids.parse(value).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    public List<DeliveryView> getRows() {
        return rows;
    }
}
