package io.decnet.webhook.admin;

import io.decnet.webhook.delivery.RejectedEvents;
import io.decnet.webhook.delivery.RejectedView;
import io.decnet.webhook.subscription.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that could not be read, newest first, with the reason. */
@Named
@RequestScoped
public class RejectedPage {
    private static final int SHOWN = 25;

    @Inject
    RejectedEvents rejected;

    private @Nullable String after;
    private List<RejectedView> rows = List.of();
    private Optional<String> next = Optional.empty();

    /** Once per request, before it is rendered. */
    public void load() {
        Page<RejectedView> page = rejected.page(Ids.parse(after), SHOWN);
        rows = page.items();
        next = page.next();
    }

    public List<RejectedView> getRows() {
        return rows;
    }

    /** How many bytes of it are kept. */
    public int size(RejectedView row) {
        return row.body().length;
    }

    /** Key of the next page, or empty on the last. */
    public String getNext() {
        return next.orElse("");
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
