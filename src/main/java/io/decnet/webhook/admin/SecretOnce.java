package io.decnet.webhook.admin;

import io.decnet.webhook.subscription.SubscriptionView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.Flash;

/** Carries a new secret to the page that shows it, once. */
@RequestScoped
public class SecretOnce {
    private static final String PAGE = "/secret?faces-redirect=true";

    /** Where to go from here. */
    String show(SubscriptionView webhook, String secret) {
        Flash flash = FacesContext.getCurrentInstance().getExternalContext().getFlash();
        flash.put("secret", secret);
        flash.put("secretOf", webhook.name());
        flash.put("secretWebhook", webhook.uuid().toString());
        return PAGE;
    }
}
