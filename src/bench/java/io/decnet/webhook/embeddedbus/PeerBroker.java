package io.decnet.webhook.embeddedbus;

import io.decnet.webhook.config.Settings;

/** The broker of the program, started alone: what is compared with us has the same version, journal and paging. */
public final class PeerBroker {
    private PeerBroker() {}

    /** Takes data directory, address and password from the environment, as the program does. */
    public static void start() {
        Settings settings = Settings.fromProcess();
        EmbeddedBroker.start(settings, BusPassword.of(settings));
    }
}
