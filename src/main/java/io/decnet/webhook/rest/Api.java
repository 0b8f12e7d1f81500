package io.decnet.webhook.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The API under its base path. */
@ApplicationPath("/api/v1")
public class Api extends Application {
    /** A second description of the API, which nobody asked for and nobody keeps true. */
    private static final String NO_WADL = "jersey.config.server.wadl.disableWadl";

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(NO_WADL, true);
    }
}
