package io.decnet.webhook.admin;

import io.decnet.webhook.security.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** Keeps pages that are no viewer's business to admins: they begin by asking here. */
@Named
@RequestScoped
public class AdminOnly {
    @Inject
    Caller caller;

    @Inject
    Notices notices;

    public @Nullable String open() {
        if (caller.isAllowedToChange()) {
            return null;
        }
        notices.error("adminonly");
        return Notices.TO_LIST;
    }
}
