package io.decnet.webhook.admin;

import io.decnet.webhook.egress.Version;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What all pages show around their content. */
@Named("frame")
@ApplicationScoped
public class PageFrame {
    public String getVersion() {
        return Version.CURRENT;
    }
}
